import { glob, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { bin, requireNode24, root, run } from "./run.ts";

/**
 * `npm run new:module -- <name> [title]`: creates a working module from the templates in tools/new-module. In these
 * `new-module`, `newModule`, `NewModule` and `new_module` stand for the name, 新模块 for the title.
 */

const templates = join(import.meta.dirname, "new-module");
const suffix = ".template";

/** The files that list the modules, and the import path in each. All import the same constant name. */
const lists = [
  ["contract/modules.ts", "./modules/new-module.ts"],
  ["server/modules/index.ts", "./new-module/module.ts"],
  ["console/modules/index.ts", "./new-module/module.ts"],
  ["src/modules/index.ts", "./new-module/module"],
] as const;

/** Places where the name may already be used. It is used when the pattern matches in one of the files. */
const taken: readonly (readonly [files: string, pattern: (name: Names) => RegExp, what: string])[] = [
  ["contract/**/*.ts", ({ name }) => new RegExp(`"[A-Z]+ /api/${name}[/"]`), "操作的地址"],
  ["contract/**/*.ts", ({ snake }) => new RegExp(`"${snake}\\.\\w+": defineEvent`), "事件的前缀"],
  ["contract/events/define.ts", ({ name }) => new RegExp(`\\| "${name}"`), "事件所指或通知去处的种类"],
  ["contract/own-data.ts", ({ camel }) => new RegExp(`^ {4}${camel}:`, "m"), "“我的数据”的一部分"],
  ["server/core/ports.ts", ({ camel }) => new RegExp(`^ {2}${camel}[:(]`, "m"), "端口"],
  ["server/core/domain/privacy/retention-periods.ts", ({ camel }) => new RegExp(`^ {2}${camel}:`, "m"), "保存期限"],
  ["server/**/store/**/*.ts", ({ snake }) => new RegExp(`"${snake}"`), "集合"],
  ["console/lib/nav-pages.ts", ({ name }) => new RegExp(`\\| "${name}"`), "控制台的页面"],
];

/** Reserved words, which cannot be the name of a constant. */
const reserved = new Set(
  `break case catch class const continue debugger default delete do else enum export extends false finally for function
  if implements import in instanceof interface let new null package private protected public return static super switch
  this throw true try typeof var void while with yield await arguments eval`.split(/\s+/),
);

interface Names {
  /** In paths: `lost-items`. */
  name: string;
  /** In constants: `lostItems`. */
  camel: string;
  /** In types: `LostItems`. */
  pascal: string;
  /** In collections, events and errors: `lost_items`. */
  snake: string;
  /** On pages: 失物招领. */
  title: string;
}

function namesOf(name: string, title: string): Names {
  const pascal = name.replaceAll(/(?:^|-)(\w)/g, (_, first: string) => first.toUpperCase());
  const camel = pascal.charAt(0).toLowerCase() + pascal.slice(1);
  return { name, camel, pascal, snake: name.replaceAll("-", "_"), title };
}

/** A template's text or path with the names inserted. */
const filled = (text: string, { name, camel, pascal, snake, title }: Names): string =>
  text
    .replaceAll("new-module", name)
    .replaceAll("newModule", camel)
    .replaceAll("NewModule", pascal)
    .replaceAll("new_module", snake)
    .replaceAll("新模块", title);

/** The reason why the name cannot be used. Null: it can. */
async function refusalOf(names: Names): Promise<string | null> {
  const { name, camel } = names;
  if (!/^[a-z][a-z0-9]*(-[a-z][a-z0-9]*)*$/.test(name))
    return `模块名要用小写英文，词间用连字号，例如 lost-items；现在是“${name}”。`;
  if (reserved.has(camel)) return `“${name}”是 TypeScript 的保留字，请换一个。`;
  for await (const path of glob(`{contract,server,console,src,tests}/modules/${name}{,.ts}`, { cwd: root }))
    return `模块“${name}”已经有了：${path}。`;
  for (const [files, pattern, what] of taken)
    for await (const path of glob(files, { cwd: root }))
      if (pattern(names).test(await readFile(join(root, path), "utf8")))
        return `“${name}”已经用作${what}，见 ${path}，请换一个。`;
  return null;
}

/** Adds a module's import and entry to a list of modules. */
function listed(text: string, from: string, camel: string): string {
  const lastImport = text.lastIndexOf("\nimport ");
  const end = text.indexOf("\n", lastImport + 1) + 1;
  const imported = `${text.slice(0, end)}import { ${camel} } from "${from}";\n${text.slice(end)}`;
  const whole = imported.replace(/^(export const \w*[mM]odules\b.* = \[[^\]]*)\]/m, `$1, ${camel}]`);
  if (whole === imported) throw new Error(`no list of modules is found where ${from} is imported`);
  return whole;
}

requireNode24();
const [name = "", title = "事项登记", ...more] = process.argv.slice(2);
if (name === "" || name.startsWith("-") || more.length > 0) {
  console.error("用法：npm run new:module -- <模块名> [中文名]，例如：npm run new:module -- lost-items 失物招领");
  process.exit(1);
}
const names = namesOf(name, title);
const refusal = await refusalOf(names);
if (refusal !== null) {
  console.error(refusal);
  process.exit(1);
}

const written: string[] = [];
const write = async (path: string, text: string): Promise<void> => {
  const file = join(root, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  written.push(path);
};
for (const template of (await readdir(templates, { recursive: true })).toSorted()) {
  if (!template.endsWith(suffix)) continue;
  const text = await readFile(join(templates, template), "utf8");
  await write(filled(template.slice(0, -suffix.length).replaceAll("\\", "/"), names), filled(text, names));
}
for (const [path, from] of lists)
  await write(path, listed(await readFile(join(root, path), "utf8"), filled(from, names), names.camel));
const { code, output } = await run(bin("oxfmt"), written);
if (code !== 0) throw new Error(output);

// Imported only now, because it reads the lists that were just changed.
const { modulePages } = await import("./docs/module-page.ts");
const page = `docs/modules/${name}.md`;
await write(page, modulePages[page]?.() ?? "");
const { generated } = await import("./generated.ts");
for (const [path, text] of generated())
  if ((await readFile(join(root, path), "utf8")) !== text) await write(path, text);
console.log(written.join("\n"));
console.log(`模块“${name}”已写好。接下来：改成您要的样子，再运行 npm run docs 和 npm test。`);
