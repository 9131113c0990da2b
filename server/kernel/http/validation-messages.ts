import type { z } from "zod";

type Issue = Parameters<z.core.$ZodErrorMap>[0];

/** The unit after a number. */
const units: Readonly<Record<string, string>> = {
  string: " 个字",
  array: " 项",
  set: " 项",
  map: " 项",
  file: " 字节",
};

/**
 * The message for an invalid value in the user's words, for `safeParse(value, { error: validationMessage })`. A message
 * in the schema takes precedence.
 */
export function validationMessage(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === undefined) return "没有填写";
      return issue.expected === "int" ? "应为整数" : `应为${kinds[issue.expected] ?? "另一种内容"}`;
    case "too_small":
      if (issue.origin === "string" && issue.minimum === 1) return "没有填写";
      return `至少 ${issue.minimum}${units[issue.origin] ?? ""}`;
    case "too_big":
      return `最多 ${issue.maximum}${units[issue.origin] ?? ""}`;
    case "invalid_value":
      return `应为 ${issue.values.map(String).join("、")} 之一`;
    case "invalid_union":
      return "不是可用的内容";
    default:
      return "格式不对";
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: "文字",
  number: "数字",
  boolean: "是或否",
  array: "列表",
  object: "一组内容",
  record: "一组内容",
};
