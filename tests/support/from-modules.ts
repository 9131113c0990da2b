import { existsSync } from "node:fs";
import { join } from "node:path";
import { modules } from "../../server/modules/index.ts";

/**
 * Reads the export `name` of `tests/modules/<module>/<file>` from each module that has the file. `T` is the declared
 * type
 * of the export.
 */
export async function fromModules<T>(file: string, name: string): Promise<T[]> {
  const found = modules
    .map((module) => join(import.meta.dirname, "../modules", module.name, file))
    .filter((path) => existsSync(path));
  const exported = await Promise.all(found.map(async (path) => (await import(path)) as Record<string, unknown>));
  return exported.map((all) => all[name] as T);
}
