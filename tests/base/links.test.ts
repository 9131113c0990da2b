import { glob, readFile, stat } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");

const documents: string[] = [];
for await (const path of glob(["*.md", "docs/**/*.md"], { cwd: root })) documents.push(path);

/** The targets of a text's links and images, `[words](target)` and `![words](target)`, outside of code. */
function targetsOf(text: string): string[] {
  const prose = text.replaceAll(/^```[\s\S]*?^```/gm, "").replaceAll(/`[^`\n]*`/g, "");
  return [...prose.matchAll(/\]\(([^()\s]+)\)/g)].map(([, target = ""]) => target);
}

/** The anchors of a document's headings, as GitHub generates them. */
const anchorsOf = (text: string): Set<string> =>
  new Set(
    [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
        .trim()
        .replaceAll(/\s/g, "-"),
    ),
  );

/** The fault of a document's link. Null: none. */
async function faultOf(document: string, target: string): Promise<string | null> {
  if (/^https?:/.test(target)) return null;
  const [path = "", anchor] = target.split("#", 2);
  const file = path ? join(root, dirname(document), path) : join(root, document);
  const found = await stat(file).catch(() => null);
  if (!found) return `${target}: there is no ${relative(root, file)}`;
  if (anchor === undefined) return null;
  if (!found.isFile()) return `${target}: a folder has no headings`;
  return anchorsOf(await readFile(file, "utf8")).has(anchor) ? null : `${target}: there is no such heading`;
}

/** Paths of the repository in inline code: `server/env.ts`. Paths with placeholders are left out. */
const pathsOf = (text: string): string[] =>
  [...text.matchAll(/`([^`\n]+)`/g)]
    .map(([, code = ""]) => code)
    .filter((code) =>
      /^(server|contract|src|console|fronts|engine|tests|tools|bench|config|docs)\/[\w./-]+$/.test(code),
    );

describe("links of the documents", () => {
  it.each(documents)("%s: each link leads to an existing file and heading", async (document) => {
    const text = await readFile(join(root, document), "utf8");
    const faults = await Promise.all(targetsOf(text).map((target) => faultOf(document, target)));
    expect(faults.filter((fault) => fault !== null)).toEqual([]);
  });

  it.each(documents)("%s: each path of the repository that it names exists", async (document) => {
    const paths = [...new Set(pathsOf(await readFile(join(root, document), "utf8")))];
    const there = await Promise.all(paths.map((path) => stat(join(root, path)).catch(() => null)));
    expect(paths.filter((_path, n) => there[n] === null)).toEqual([]);
  });

  it("reach every document from the README, directly or indirectly", async () => {
    const reached = new Set(["README.md"]);
    for (const document of reached) {
      const text = await readFile(join(root, document), "utf8");
      for (const target of targetsOf(text).filter((link) => !/^https?:/.test(link))) {
        const path = join(dirname(document), target.split("#", 1)[0]!);
        if (path.endsWith(".md")) reached.add(path);
        // A link to a folder counts as a link to each document in it.
        if (path.endsWith("/"))
          for (const inside of documents.filter((each) => dirname(each) === path.slice(0, -1))) reached.add(inside);
      }
    }
    expect(documents.filter((document) => !reached.has(document))).toEqual([]);
  });
});
