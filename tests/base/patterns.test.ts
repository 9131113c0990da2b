import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { patternFault } from "../../tools/pattern-rules.ts";
import { type Operation, operations } from "../../contract/index.ts";

/** What a schema and a check of it keep about themselves, as zod does. */
interface Def {
  type: string;
  check?: string;
  abort?: boolean;
  pattern?: RegExp;
  checks?: { _zod: { def: Def } }[];
  shape?: Record<string, Schema>;
  options?: Schema[];
  [part: string]: unknown;
}
interface Schema {
  _zod: { def: Def };
}

/** Every text that a schema takes, with the place where it is. */
function* textsOf(schema: Schema, place: string): Generator<[place: string, checks: Def[]]> {
  const { def } = schema._zod;
  // A format (`z.iso.date()`) is the first check of itself.
  if (def.type === "string")
    yield [place, [...(def.check ? [def] : []), ...(def.checks ?? []).map(({ _zod }) => _zod.def)]];
  for (const [name, part] of Object.entries(def.shape ?? {})) yield* textsOf(part, `${place}.${name}`);
  for (const option of def.options ?? []) yield* textsOf(option, place);
  for (const name of ["element", "innerType", "in", "out", "keyType", "valueType"]) {
    const part = def[name] as Schema | undefined;
    if (part) yield* textsOf(part, place);
  }
}

const texts = Object.entries(operations as Record<string, Operation>).flatMap(([key, operation]) =>
  (["params", "query", "body"] as const).flatMap((part) => {
    const schema = operation[part] as z.ZodType | undefined;
    return schema ? [...textsOf(schema as unknown as Schema, `${key} ${part}`)] : [];
  }),
);
const withPattern = texts.filter(([, checks]) => checks.some(({ check }) => check === "string_format"));

describe("a text of a call", () => {
  it("has a length that is checked before a pattern, and ends the check", () => {
    expect(withPattern.length).toBeGreaterThan(100);
    const without = withPattern.filter(([, checks]) => {
      const length = checks.findIndex(({ check, abort }) => check === "max_length" && abort);
      return length < 0 || length > checks.findIndex(({ check }) => check === "string_format");
    });
    expect(without.map(([place]) => place)).toEqual([]);
  });

  it("has a pattern that takes time in proportion to the length, also zod's own", () => {
    const patterns = new Set(withPattern.flatMap(([, checks]) => checks.flatMap(({ pattern }) => pattern ?? [])));
    expect(patterns.size).toBeGreaterThan(5);
    const slow = [...patterns].filter(({ source, flags }) => patternFault(source, flags));
    expect(slow).toEqual([]);
  });
});
