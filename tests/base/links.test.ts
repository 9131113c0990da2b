import { glob, readFile, stat } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");

const documents: string[] = [];
for await (const path of glob(["*.md", "docs/**/*.md"], { cwd: root })) documents.push(path);

/** What the text links to, code apart: `[words](target)` and `![words](target)`. */
function targetsOf(text: string): string[] {
  const prose = text.replaceAll(/^```[\s\S]*?^```/gm, "").replaceAll(/`[^`\n]*`/g, "");
  return [...prose.matchAll(/\]\(([^()\s]+)\)/g)].map(([, target = ""]) => target);
}

/** The anchors of a document's headings, as they are made of their words. */
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

/** What is wrong with a link of the document; null: nothing. */
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

/** Paths of the repository that the text names in code: `server/env.ts`. Those with placeholders are left out. */
const pathsOf = (text: string): string[] =>
  [...text.matchAll(/`([^`\n]+)`/g)]
    .map(([, code = ""]) => code)
    .filter((code) =>
      /^(server|contract|src|console|fronts|engine|tests|tools|bench|config|docs)\/[\w./-]+$/.test(code),
    );

describe("links of the documents", () => {
  it.each(documents)("%s: each leads to a file, and to a heading of it", async (document) => {
    const text = await readFile(join(root, document), "utf8");
    const faults = await Promise.all(targetsOf(text).map((target) => faultOf(document, target)));
    expect(faults.filter((fault) => fault !== null)).toEqual([]);
  });

  it.each(documents)("%s: each path of the repository that it names is there", async (document) => {
    const paths = [...new Set(pathsOf(await readFile(join(root, document), "utf8")))];
    const there = await Promise.all(paths.map((path) => stat(join(root, path)).catch(() => null)));
    expect(paths.filter((_path, n) => there[n] === null)).toEqual([]);
  });

  it("lead to every document from the README, by one way or another", async () => {
    const reached = new Set(["README.md"]);
    for (const document of reached) {
      const text = await readFile(join(root, document), "utf8");
      for (const target of targetsOf(text).filter((link) => /\.md(#|$)/.test(link) && !/^https?:/.test(link)))
        reached.add(join(dirname(document), target.split("#", 1)[0]!));
    }
    expect(documents.filter((document) => !reached.has(document))).toEqual([]);
  });
});
