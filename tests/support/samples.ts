import { z } from "zod";

type Json = Readonly<Record<string, unknown>>;

/** A minimal value that a schema accepts, with the required fields only. */
export function sampleOf(schema: z.ZodType | undefined, ids: readonly string[] = []): unknown {
  if (!schema) return undefined;
  const json = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Json;
  const defs = (json["$defs"] ?? {}) as Readonly<Record<string, Json>>;
  const words = [
    "看看这里的情况",
    "2026-03-02",
    "2026-03-02T08:00:00Z",
    "13800000009",
    "123456",
    "east",
    "civil",
    "08:00",
    ...ids,
  ];

  function sample(part: Json): unknown {
    const named = typeof part["$ref"] === "string" ? defs[part["$ref"].split("/").at(-1) ?? ""] : undefined;
    if (named) return sample(named);
    if ("const" in part) return part["const"];
    if (Array.isArray(part["enum"])) return part["enum"][0];
    const choices = (part["anyOf"] ?? part["oneOf"]) as Json[] | undefined;
    if (choices?.[0]) return sample(choices[0]);
    switch (part["type"]) {
      case "object": {
        const properties = (part["properties"] ?? {}) as Readonly<Record<string, Json>>;
        const required = (part["required"] ?? []) as readonly string[];
        return Object.fromEntries(required.map((name) => [name, sample(properties[name] ?? {})]));
      }
      case "array":
        if (Array.isArray(part["prefixItems"])) return (part["prefixItems"] as Json[]).map(sample);
        return Array.from({ length: Number(part["minItems"] ?? 0) }, () => sample((part["items"] ?? {}) as Json));
      case "integer":
      case "number":
        return Math.max(Number(part["minimum"] ?? 1), 1);
      case "boolean":
        return true;
      case "string":
        return text(part);
      default:
        return null;
    }
  }

  function text(part: Json): string {
    const patterns = [part, ...((part["allOf"] ?? []) as Json[])].flatMap(({ pattern }) =>
      typeof pattern === "string" ? [new RegExp(pattern, "u")] : [],
    );
    const fits = (word: string): boolean =>
      patterns.every((pattern) => pattern.test(word)) && word.length <= Number(part["maxLength"] ?? Infinity);
    const dated = part["format"] === "date-time" ? "2026-03-02T08:00:00Z" : null;
    return dated ?? [...ids, ...words].find((word) => patterns.length > 0 && fits(word)) ?? words.find(fits) ?? "";
  }

  return sample(json);
}
