import { readFile, readdir } from "node:fs/promises";
import { join, posix } from "node:path";
import { describe, expect, it } from "vitest";
import { merged } from "../../server/kernel/module.ts";
import { modules } from "../../server/modules/index.ts";

const root = join(import.meta.dirname, "../../server/modules");
const files = (await readdir(root, { recursive: true })).map((file) => file.replaceAll("\\", "/"));

/** The modules whose files those of a module import, each once. */
async function importedBy(name: string): Promise<string[]> {
  const found = new Set<string>();
  for (const file of files.filter((path) => path.startsWith(`${name}/`) && path.endsWith(".ts"))) {
    const text = await readFile(join(root, file), "utf8");
    for (const [, path = ""] of text.matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)) {
      const [first = ""] = posix.join(posix.dirname(file), path).split("/");
      if (first !== ".." && first !== name) found.add(first);
    }
  }
  return [...found].toSorted();
}

describe("modules", () => {
  it.each(modules.map(({ name, needs }) => [name, needs] as const))(
    "%s imports no other module than it needs",
    async (name, needs) => {
      expect(files).toContain(`${name}/module.ts`);
      expect(await importedBy(name)).toEqual([...needs].toSorted());
    },
  );

  it("are each in the list that has a manifest", () => {
    const there = files.flatMap((file) => /^([\w-]+)\/module\.ts$/.exec(file)?.[1] ?? []);
    expect(modules.map(({ name }) => name).toSorted()).toEqual(there.toSorted());
  });

  it("declare nothing that another one declares", () => {
    expect(merged({ a: 1 }, { b: 2 })).toEqual({ a: 1, b: 2 });
    expect(() => merged({ a: 1 }, { a: 1 })).toThrow("two modules declare a");
  });
});
