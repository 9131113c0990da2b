import { sentences } from "../../server/error-table.ts";
import type { Sentence } from "../../server/kernel/errors.ts";
import { page, table } from "./markdown.ts";

/** A wait as it comes with a refusal, seconds. */
const RETRY_AFTER = 40;

/** Every parameter as `{name}`, but a wait as an example. `lacking`: this one is not given. Notes what is asked for in `seen`. */
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

/** The sentence with all its parameters, and those that it becomes when one is lacking, where that is more than a gap. */
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

/** docs/reference/errors.md */
export function printErrors(): string {
  const codes = Object.entries<Sentence>(sentences);
  const kinds = [...new Set(codes.map(([code]) => code.split(".", 1)[0] ?? code))];
  return page(
    "# 错误码",
    "由错误表印出（`npm run docs`），测试保证一致。出错的答复形状是 `{ error: { code, message, details, requestId } }`，`details` 里是参数。要等的，答复头里有 `Retry-After`。接口文档 `/api/openapi.json` 列出每个操作会有哪些错误。",
    `程序按 \`code\` 判断，\`message\` 是给人看的一句话：出了什么事，填写的内容还在不在，下一步做什么。花括号里是参数；等待的时间以 ${RETRY_AFTER} 秒为例。`,
    ...kinds.flatMap((kind) => [
      `## ${kind}`,
      table(
        ["错误码", "HTTP", "说的话"],
        codes
          .filter(([code]) => code.startsWith(`${kind}.`))
          .map(([code, [status, sentence]]) => [`\`${code}\``, String(status), shown(sentence)]),
      ),
    ]),
  );
}
