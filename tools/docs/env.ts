import { Variables, variableDocs } from "../../server/env-variables.ts";
import { validationMessage } from "../../server/kernel/http/validation-messages.ts";
import { page, table } from "./markdown.ts";

type Name = keyof typeof Variables.shape;
const names = Object.keys(Variables.shape) as Name[];

/** A value that every variable refuses. */
const IMPOSSIBLE = "\u0000";

const docOf = (name: Name) => {
  const doc = variableDocs.get(Variables.shape[name]);
  if (!doc) throw new Error(`${name} has no description: server/env-variables.ts`);
  return doc;
};

/** The value of an unset variable: the schema's default, else the text of its description. */
function unset(name: Name): string {
  const { data } = Variables.shape[name].safeParse(undefined);
  return data === undefined ? (docOf(name).unset ?? "") : `\`${JSON.stringify(data).replaceAll('"', "")}\``;
}

/** The required form of a value, taken from the message that refuses a wrong one. */
function must(name: Name): string {
  const message = Variables.shape[name].safeParse(IMPOSSIBLE, { error: validationMessage }).error?.issues[0]?.message;
  return message?.replace(/^应[为以]\s*/, (word) => (word.startsWith("应以") ? "以 " : "")) ?? "文字";
}

/** docs/reference/env.md */
export function printEnv(): string {
  const groups = [...new Set(names.map((name) => docOf(name).group))];
  return page(
    "# 环境变量",
    "由 `server/env-variables.ts` 印出（`npm run docs`），测试保证一致。空字符串等于没有设。启动时检查，有一项不对就不启动，并用一句话说明。",
    "生产环境（`NODE_ENV=production`）必须给：`WECHAT_APP_ID`、`WECHAT_APP_SECRET`、`WECHAT_PUSH_TOKEN`、`PUBLIC_URL`；不能开 `DEMO`。",
    ...groups.flatMap((group) => [
      `## ${group}`,
      table(
        ["变量", "可以是", "不设时", "用途"],
        names
          .filter((name) => docOf(name).group === group)
          .map((name) => [`\`${name}\``, must(name), unset(name), docOf(name).says]),
      ),
    ]),
    "## 构建与测试时的",
    table(["变量", "用途"], developerVariables),
  );
}

/** Variables that only developers' tools read. */
const developerVariables: readonly (readonly [name: string, says: string])[] = [
  ["`TARO_APP_API_BASE`", "构建小程序时写进去的服务器地址，例如 `https://your.host`"],
  ["`CHROMIUM_PATH`", "测试用的 Chromium；不设就在 PATH 里找，root 用户再从 Debian 的软件包装"],
  ["`TEST_MONGODB_URI`", "测试用的 MongoDB；不设就启动一个内置的"],
  ["`WECHAT_DEVTOOLS_CLI`", "微信开发者工具的命令行：小程序的测试改在开发者工具里跑"],
  ["`LOAD_REQUESTS`", "`bench:load` 两个地方的诉求数，例如 `10000,1000000`"],
  ["`EXPORT_ROWS`、`EXPORT_ROUNDS`", "`bench:export` 的两种行数与轮数"],
  ["`SEARCH_ROWS`", "`bench:search` 的行数"],
  ["`PICTURES`、`PICTURES_ROUNDS`", "`bench:pictures` 一次上传的张数与轮数"],
];
