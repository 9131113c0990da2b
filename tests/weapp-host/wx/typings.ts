import { readFileSync } from "node:fs";
import { join } from "node:path";

const file = join(import.meta.dirname, "../../../node_modules/miniprogram-api-typings/types/wx/lib.wx.api.d.ts");

type Members = { functions: ReadonlySet<string>; values: ReadonlySet<string> };
let known: Members | null = null;

/** The members of `wx` in WeChat's typings: functions and other values. */
export function declaredMembers(): Members {
  return (known ??= readMembers());
}

function readMembers(): Members {
  const source = readFileSync(file, "utf8").replaceAll(/\/\*[\s\S]*?\*\//g, "");
  const [, body = ""] = /^ {4}interface Wx \{\n([\s\S]*?)^ {4}\}/m.exec(source) ?? [];
  const members = [...body.matchAll(/^ {8}(?:readonly )?(\w+)([(<?:])/gm)];
  const named = (test: (sign: string) => boolean): Set<string> =>
    new Set(members.flatMap(([, name = "", sign = ""]) => (test(sign) ? [name] : [])));
  return { functions: named((sign) => "(<".includes(sign)), values: named((sign) => "?:".includes(sign)) };
}
