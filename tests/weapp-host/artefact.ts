import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";

/** The parts of app.json that the host uses. */
interface AppJson {
  pages: string[];
  subPackages?: { root: string; pages: string[] }[];
  preloadRule?: Record<string, { packages: string[] }>;
  requiredPrivateInfos?: string[];
  lazyCodeLoading?: string;
}

/** A built mini-program on disk. Paths are relative to its folder, with slashes. */
export interface Artefact {
  dir: string;
  app: AppJson;
  /** The pages of app.json; those of subpackages include the root. */
  pages: readonly string[];
  /** The root of the subpackage that contains a file; empty for the main package. */
  packageOf(file: string): string;
  has(file: string): boolean;
  read(file: string): string;
  /** The custom components of a page or component: tag to path without extension. */
  componentsOf(path: string): Record<string, string>;
}

/** Opens the artefact in `dir`. Throws when app.json is missing or invalid. */
export function openArtefact(dir: string): Artefact {
  const read = (file: string): string => readFileSync(join(dir, file), "utf8");
  const has = (file: string): boolean => existsSync(join(dir, file));
  const app = JSON.parse(read("app.json")) as AppJson;
  const packages = app.subPackages ?? [];
  return {
    dir,
    app,
    read,
    has,
    pages: [...app.pages, ...packages.flatMap(({ root, pages }) => pages.map((page) => `${root}/${page}`))],
    packageOf: (file) => packages.find(({ root }) => file.startsWith(`${root}/`))?.root ?? "",
    componentsOf(path) {
      const json = has(`${path}.json`) ? read(`${path}.json`) : "{}";
      const { usingComponents = {} } = JSON.parse(json) as { usingComponents?: Record<string, string> };
      return Object.fromEntries(
        Object.entries(usingComponents).map(([tag, to]) => [
          tag,
          to.startsWith("/") ? to.slice(1) : posix.join(posix.dirname(path), to),
        ]),
      );
    },
  };
}
