import { sentences } from "../../server/error-table.ts";
import type { Sentence } from "../../server/kernel/errors.ts";
import { modules } from "../../server/modules/index.ts";
import { page, table } from "./markdown.ts";

/** The example of a wait in an error's sentence, seconds. */
const RETRY_AFTER = 40;

/**
 * Error parameters as `{name}`; a wait is an example. `lacking` is left undefined. Names that are read are added to
 * `seen`.
 */
const placeholders = (seen: Set<string>, lacking?: string): Record<string, unknown> =>
  new Proxy<Record<string, unknown>>(
    {},
    {
      get: (_none, key) => {
        const name = String(key);
        seen.add(name);
        if (name === lacking) return undefined;
        return name === "retryAfter" ? RETRY_AFTER : `{${name}}`;
      },
    },
  );

/**
 * An error's sentence with all its parameters, and its variants without one of them where they differ by more than a
 * gap.
 */
function shown(sentence: Sentence[1]): string {
  if (typeof sentence === "string") return sentence;
  const seen = new Set<string>();
  const full = sentence(placeholders(seen));
  const others = [...seen]
    .filter((name) => name !== "retryAfter")
    .map((name) => [name, sentence(placeholders(new Set(), name))] as const)
    .filter(([name, other]) => other !== full.replaceAll(`{${name}}`, ""))
    .map(([name, other]) => `没有 \`${name}\` 时：${other}`);
  return [full, ...others].join("");
}

/** The table of errors: code, status, sentence. */
export const errorTable = (errors: Readonly<Record<string, Sentence>>): string =>
  table(
    ["错误码", "HTTP", "说的话"],
    Object.entries(errors).map(([code, [status, sentence]]) => [`\`${code}\``, String(status), shown(sentence)]),
  );

/** docs/reference/errors.md */
export function printErrors(): string {
  const ofModules: ReadonlySet<string> = new Set(modules.flatMap(({ errors }) => Object.keys(errors)));
  const core = Object.entries<Sentence>(sentences).filter(([code]) => !ofModules.has(code));
  const kinds = Map.groupBy(core, ([code]) => code.split(".", 1)[0] ?? code);
  return page(
    "# 错误码",
    "由错误表印出（`npm run docs`），测试保证一致。出错的答复形状是 `{ error: { code, message, details, requestId } }`，`details` 里是参数。要等的，答复头里有 `Retry-After`。接口文档 `/api/openapi.json` 列出每个操作会有哪些错误。各模块的错误码在[模块的页](../modules/)上。",
    `程序按 \`code\` 判断，\`message\` 是给人看的一句话：出了什么事，填写的内容还在不在，下一步做什么。花括号里是参数；等待的时间以 ${RETRY_AFTER} 秒为例。`,
    ...[...kinds].flatMap(([kind, errors]) => [`## ${kind}`, errorTable(Object.fromEntries(errors))]),
  );
}
