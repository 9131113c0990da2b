import { posix } from "node:path";
import type { Artefact } from "./artefact.ts";
import type { Realm } from "./realm.ts";

export interface Modules {
  /** Runs a script of the artefact once and returns its exports. */
  load(file: string): unknown;
  /** Marks a subpackage as downloaded, so that its scripts can be required. */
  admit(root: string): void;
}

/**
 * `require` as in WeChat: only files of this artefact, and files of a subpackage only from within it after its
 * download.
 */
export function createModules(artefact: Artefact, realm: Realm): Modules {
  const loaded = new Map<string, { exports: unknown }>();
  const admitted = new Set([""]);

  function load(file: string): unknown {
    const known = loaded.get(file);
    if (known) return known.exports;
    if (!artefact.has(file) || !admitted.has(artefact.packageOf(file))) {
      throw realm.error(`module '${file}' is not defined, require args is '${file}'`);
    }
    const module = realm.own({ exports: {} });
    loaded.set(file, module);
    const source = `(function (require, module, exports) {${artefact.read(file)}\n})`;
    const run = realm.run(source, file) as (require: unknown, module: object, exports: unknown) => void;
    run(requireFrom(file), module, module.exports);
    return module.exports;
  }

  const requireFrom = (from: string) => (asked: string) => {
    if (!/^\.{0,2}\//.test(asked)) throw realm.error(`module '${asked}' is not defined`);
    const path = asked.startsWith("/") ? asked.slice(1) : posix.join(posix.dirname(from), asked);
    const file = [path, `${path}.js`, `${path}/index.js`].find((one) => one.endsWith(".js") && artefact.has(one));
    const [here, there] = [from, file ?? path].map(artefact.packageOf);
    if (file === undefined || (there !== "" && there !== here)) {
      throw realm.error(`module '${path}' is not defined, require args is '${asked}' in ${from}`);
    }
    return load(file);
  };

  return { load, admit: (root) => void admitted.add(root) };
}
