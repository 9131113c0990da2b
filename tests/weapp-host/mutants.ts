import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The part of the automator tests that must fail for a mutant. */
export type CaughtBy = "login" | "refusal" | "job" | "filing" | "home" | "cadre page";

export interface Mutant {
  /** The defect of this copy. */
  name: string;
  caughtBy: CaughtBy;
  /** Changes the copy in a folder. Throws when nothing was changed, because the mutant would then prove nothing. */
  breaks(dir: string): void;
  /** Whether `npm test` runs it, too. */
  quick?: true;
}

/** Replaces text in the files whose name matches. Throws when no file was changed. */
const change =
  (files: RegExp, from: string | RegExp, to: string) =>
  (dir: string): void => {
    let changed = 0;
    for (const file of readdirSync(dir, { recursive: true, encoding: "utf8" }).filter((one) => files.test(one))) {
      const before = readFileSync(join(dir, file), "utf8");
      const after = before.replaceAll(from, to);
      if (after === before) continue;
      writeFileSync(join(dir, file), after);
      changed += 1;
    }
    if (changed === 0) throw new Error(`nothing to break: ${String(from)} in ${String(files)}`);
  };
const prepend = (file: string, line: string) => (dir: string) =>
  writeFileSync(join(dir, file), line + readFileSync(join(dir, file), "utf8"));

const scripts = /\.js$/;
const templates = /^base\.wxml$/;
const home = "pages/home/index.js";

export const mutants: readonly Mutant[] = [
  { name: "taps are bound to nothing", caughtBy: "login", breaks: change(templates, 'bindtap="eh"', ""), quick: true },
  { name: "typing is bound to nothing", caughtBy: "login", breaks: change(templates, 'bindinput="eh"', "") },
  { name: "events go to a method that is not there", caughtBy: "login", breaks: change(templates, 'bindtap="eh"', 'bindtap="eh2"') },
  { name: "a template is missing", caughtBy: "home", breaks: change(templates, /<template name="tmpl_(\d+_\d+)">(\s*<view style)/g, '<template name="gone_$1">$2') },
  { name: "a script touches window", caughtBy: "home", breaks: prepend(home, "window.scrollTo(0, 0);"), quick: true },
  { name: "a script uses URL", caughtBy: "home", breaks: prepend(home, 'new URL("https://a.example.cn/");') },
  { name: "a script makes code of words", caughtBy: "home", breaks: prepend(home, 'new Function("return 1")();') },
  { name: "a function that WeChat does not have", caughtBy: "home", breaks: change(scripts, ".setNavigationBarTitle(", ".setNavigationBarTitles(") },
  { name: "addresses are relative", caughtBy: "home", breaks: change(scripts, "http://127.0.0.1:3000", ""), quick: true },
  { name: "addresses are not encrypted", caughtBy: "home", breaks: change(scripts, "http://127.0.0.1:3000", "http://api.example.cn") },
  { name: "a domain that is not listed", caughtBy: "home", breaks: change(scripts, "http://127.0.0.1:3000", "https://other.example.cn") },
  { name: "every module has a React of its own", caughtBy: "home", breaks: secondReact },
  { name: "a page is missing in app.json", caughtBy: "job", breaks: change(/^app\.json$/, '"rate/index",', "") },
  { name: "a page of the subpackage has no script", caughtBy: "cadre page", breaks: (dir) => rmSync(join(dir, "subpackages/cadre/request/index.js")) },
  { name: "the main package requires a subpackage's script", caughtBy: "home", breaks: prepend(home, 'require("../../subpackages/cadre/queue/index");') },
  { name: "the login is not awaited", caughtBy: "login", breaks: change(scripts, /return (\w+)\.n=2,(\w+\(\))\.login\(\);case 2:return (\w+)=\1\.v,/g, "$3=$2.login();case 2:return ") },
  { name: "an error is swallowed", caughtBy: "refusal", breaks: change(scripts, /(\.unknownOutcome\|\|\(\w+\.current=null\),)\w+\(\w+\),/g, "$1") },
  { name: "no idempotency key is sent", caughtBy: "filing", breaks: change(scripts, "Idempotency-Key", "X-Key") },
  { name: "nothing is kept on the device", caughtBy: "filing", breaks: change(scripts, ".setStorageSync(", ".getStorageSync(") },
]; // prettier-ignore

/** Makes webpack's cache forget React's modules, as in a build with two copies of React. */
function secondReact(dir: string): void {
  const vendors = readFileSync(join(dir, "vendors.js"), "utf8");
  const internals = vendors.indexOf(".__SECRET_INTERNALS_DO_NOT_USE_OR_YOU_WILL_BE_FIRED=");
  const react = [...vendors.slice(0, internals).matchAll(/[{,](\d+):?(?:function)?\(/g)].at(-1)?.[1];
  const entry = new RegExp(
    `[{,](\\d+):?(?:function)?\\([^)]*\\)\\{(?:"use strict";)?\\w+\\.exports=\\w+\\(${react}\\)`,
  ).exec(vendors)?.[1];
  if (!react || !entry) throw new Error("nothing to break: React is not where it was");
  change(
    /^runtime\.js$/,
    /if\(void 0!==(\w)\)return/g,
    `if(void 0!==$1&&![${react},${entry}].includes(+e))return`,
  )(dir);
}
