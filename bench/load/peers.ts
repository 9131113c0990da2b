import { access, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root, run } from "../../tools/run.ts";
import type { Stage } from "./stage.ts";
import type { Target } from "./worker.ts";

export type PeerKind = "raw" | "parse";

/** What the product is compared with. */
export interface Peer {
  kind: PeerKind;
  name: string;
  target: Target;
  stop(): Promise<void>;
}

/** Four writes of the driver, in the process that makes the load. */
export const rawDriver = ({ uri, database }: Stage): Peer => ({
  ...{ kind: "raw", name: "裸驱动四次写", target: { kind: "raw", uri, database } },
  stop: async () => undefined,
});

/** Beside the packages, so that `npm ci` takes it away; the product has nothing of it. */
const FOLDER = join(root, "node_modules/.cache/bench-peers");
const PARSE_SERVER = "9.10.0";

/** Installs parse-server once. A sentence that says why not, or null. */
async function installParse(): Promise<string | null> {
  const complete = join(FOLDER, "node_modules/parse-server", PARSE_SERVER);
  if (
    await access(complete).then(
      () => true,
      () => false,
    )
  )
    return null;
  await mkdir(FOLDER, { recursive: true });
  await writeFile(join(FOLDER, "package.json"), JSON.stringify({ private: true }));
  const wanted = [`parse-server@${PARSE_SERVER}`, "--save-exact", "--ignore-scripts", "--no-audit", "--no-fund"];
  const { code, output } = await run("npm", ["install", "--prefix", FOLDER, ...wanted], { label: "安装 parse-server" });
  if (code !== 0) return output.trim().split("\n").at(-1) ?? `npm 以 ${code} 结束`;
  // Written last: an installation that was broken off is made again.
  await writeFile(complete, "");
  return null;
}

/**
 * parse-server with the rules of the lifecycle, in a process and a database of its own; null, and said, when it
 * cannot be had here.
 */
export async function parseServer({ uri, run: start }: Stage): Promise<Peer | null> {
  const refused = await installParse();
  if (refused !== null) {
    console.log(`  parse-server ${PARSE_SERVER} 装不上，这一项没有比：${refused}`);
    return null;
  }
  const address = new URL(uri);
  address.pathname = "/parse";
  const { ready, stop } = await start("parse-server-process.ts", [FOLDER, address.href]);
  const people = ready as { port: number; residents: string[]; cadres: string[] };
  return { kind: "parse", name: `带规则的 parse-server ${PARSE_SERVER}`, target: { kind: "parse", ...people }, stop };
}
