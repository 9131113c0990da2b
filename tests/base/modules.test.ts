import { readFile, readdir } from "node:fs/promises";
import { join, posix } from "node:path";
import { describe, expect, it } from "vitest";
import { merged } from "../../contract/module.ts";
import { modules } from "../../server/modules/index.ts";

const root = join(import.meta.dirname, "../../server/modules");
const files = (await readdir(root, { recursive: true })).map((file) => file.replaceAll("\\", "/"));

/** The other modules that a module's files import. */
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

  it.each(
    modules.filter(({ lifecycles }) => lifecycles.length).map(({ name, lifecycles }) => [name, lifecycles.length]),
  )("%s tries every cell of its %i lifecycles", async (name, count) => {
    const text = await readFile(join(root, `../../tests/modules/${name}/lifecycle.test.ts`), "utf8");
    expect(text.match(/lifecycleTests\(/g)).toHaveLength(count);
  });

  it("are each in every list of modules", () => {
    const there = files.flatMap((file) => /^([\w-]+)\/module\.ts$/.exec(file)?.[1] ?? []);
    expect(modules.map(({ name }) => name).toSorted()).toEqual(there.toSorted());
  });

  it("declare nothing that another module declares", () => {
    expect(merged({ a: 1 }, { b: 2 })).toEqual({ a: 1, b: 2 });
    expect(() => merged({ a: 1 }, { a: 1 })).toThrow("two modules declare a");
  });
});
