/** Reads the Debian mirrors of this machine from its apt sources, in both formats. */

/** A mirror of the Debian archive, as in apt's sources. */
export interface Mirror {
  uri: string;
  /** The keyring files of the source; empty when it names none. */
  signedBy: string[];
}

interface Source {
  types: string[];
  uris: string[];
  suites: string[];
  components: string[];
  signedBy: string[];
  enabled: boolean;
}

function parseDeb822(text: string): Source[] {
  return text.split(/\n\s*\n/).map((stanza) => {
    const fields = new Map<string, string>();
    let last = "";
    for (const line of stanza.split("\n")) {
      if (line.startsWith("#")) continue;
      const field = /^([A-Za-z-]+):(.*)$/.exec(line);
      if (field) last = (field[1] ?? "").toLowerCase();
      if (last !== "") fields.set(last, `${fields.get(last) ?? ""} ${field ? field[2] : line}`);
    }
    const words = (name: string) => (fields.get(name) ?? "").trim().split(/\s+/).filter(Boolean);
    return {
      types: words("types"),
      uris: words("uris"),
      suites: words("suites"),
      components: words("components"),
      // A source may also have its key inline. The distribution's keyring is used then.
      signedBy: words("signed-by")
        .flatMap((word) => word.split(","))
        .filter((word) => word.startsWith("/")),
      enabled: !/^\s*no\s*$/i.test(fields.get("enabled") ?? ""),
    };
  });
}

function parseLine(line: string): Source | null {
  const match = /^\s*(deb(?:-src)?)\s+(?:\[([^\]]*)\]\s+)?([^\s[]\S*)\s+(\S+)(\s.*)?$/.exec(
    line.split("#", 1)[0] ?? "",
  );
  if (!match) return null;
  const [, type = "", options = "", uri = "", suite = "", components = ""] = match;
  const signedBy = /signed-by=(\S+)/i.exec(options)?.[1]?.split(",") ?? [];
  return {
    types: [type],
    uris: [uri],
    suites: [suite],
    components: components.split(/\s+/).filter(Boolean),
    signedBy,
    enabled: true,
  };
}

/**
 * The mirrors of the Debian archive among the sources. `codename` is the machine's suite. Sources of other archives,
 * such as a vendor's or security updates, have other suites or components.
 */
export function findMirrors(files: { name: string; text: string }[], codename: string): Mirror[] {
  const suites = new Set([codename, "stable", "testing", "unstable", "sid", "forky"]);
  const mirrors: Mirror[] = [];
  for (const { name, text } of files) {
    const sources = name.endsWith(".sources") ? parseDeb822(text) : text.split("\n").map(parseLine);
    for (const source of sources) {
      if (source === null || !source.enabled || !source.types.includes("deb")) continue;
      if (!source.components.includes("main") || !source.suites.some((suite) => suites.has(suite))) continue;
      for (const uri of source.uris) {
        const known = mirrors.some((mirror) => mirror.uri === uri);
        if (!known && !uri.startsWith("cdrom:")) mirrors.push({ uri, signedBy: source.signedBy });
      }
    }
  }
  return mirrors;
}
