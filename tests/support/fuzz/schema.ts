import { sample, stringMatching } from "fast-check";
import type { Random } from "../../../server/demo/random.ts";
import { awkward, hostileValue } from "./hostile.ts";

/** A schema of the OpenAPI document: JSON Schema, as far as it is used there. */
export type Schema = Readonly<Record<string, unknown>>;

/** What is known of the world: ids and words that exist, so that calls get past the first look. */
export interface Known {
  ids: readonly string[];
  words: readonly string[];
}

const sampled = new Map<string, readonly string[]>();

/** Strings that match a pattern, thought up by fast-check. */
function matching(pattern: string): readonly string[] {
  const known = sampled.get(pattern);
  if (known) return known;
  const made = sample(stringMatching(new RegExp(pattern, "u")), { numRuns: 40, seed: 7 });
  sampled.set(pattern, made);
  return made;
}

/** Makes values that a schema takes. */
export function createValues(random: Random, known: Known, components: Readonly<Record<string, Schema>>) {
  const resolve = (schema: Schema): Schema => {
    const name = typeof schema["$ref"] === "string" ? schema["$ref"].split("/").at(-1) : undefined;
    return name ? (components[name] ?? {}) : schema;
  };

  function string(schema: Schema): string {
    const [least, most] = [Number(schema["minLength"] ?? 0), Number(schema["maxLength"] ?? 300)];
    const pattern = typeof schema["pattern"] === "string" ? schema["pattern"] : null;
    if (schema["format"] === "date-time") return random.pick(["2026-03-02T21:00:00+08:00", "2026-03-04T08:00:00Z"]);
    if (schema["format"] === "date") return random.pick(["2026-03-02", "2026-03-09", "2026-04-01"]);
    const fits = (word: string): boolean =>
      (!pattern || new RegExp(pattern, "u").test(word)) && word.length >= least && word.length <= most;
    // Of what there is most of the time: a text that is thought up finds nothing.
    const there = [...known.words, ...known.ids].filter(fits);
    if (there.length && random.chance(pattern ? 0.9 : 0.6)) return random.pick(there);
    const made = matching(pattern ?? "^[\\u0020-\\u007e\\u4e00-\\u4e20]{1,20}$").filter(fits);
    return made.length ? random.pick(made) : "x".repeat(Math.min(Math.max(least, 1), most));
  }

  function number(schema: Schema): number {
    const from = Math.max(Number(schema["minimum"] ?? 0), -1e9);
    const to = Math.min(Number(schema["maximum"] ?? from + 100), from + 1e6);
    return random.pick([from, to, random.whole(from, to)]);
  }

  function value(given: Schema): unknown {
    const schema = resolve(given);
    if ("const" in schema) return schema["const"];
    if (Array.isArray(schema["enum"])) return random.pick(schema["enum"] as unknown[]);
    const choices = (schema["anyOf"] ?? schema["oneOf"]) as Schema[] | undefined;
    if (choices) return value(random.pick(choices));
    switch (schema["type"]) {
      case "object":
        return object(schema);
      case "array":
        return array(schema);
      case "integer":
      case "number":
        return number(schema);
      case "boolean":
        return random.chance(0.5);
      case "null":
        return null;
      default:
        return string(schema);
    }
  }

  function object(schema: Schema): Record<string, unknown> {
    const properties = (schema["properties"] ?? {}) as Readonly<Record<string, Schema>>;
    const required = (schema["required"] ?? []) as readonly string[];
    const names = Object.keys(properties).filter((name) => required.includes(name) || random.chance(0.5));
    return Object.fromEntries(names.map((name) => [name, value(properties[name] ?? {})]));
  }

  function array(schema: Schema): unknown[] {
    const tuple = schema["prefixItems"] as Schema[] | undefined;
    if (tuple) return tuple.map(value);
    const least = Number(schema["minItems"] ?? 0);
    const length = Math.min(Number(schema["maxItems"] ?? 4), least + random.whole(0, 2));
    return Array.from({ length }, () => value((schema["items"] ?? {}) as Schema));
  }

  return value;
}

type Place = { holder: Record<string, unknown> | unknown[]; key: string | number };

function placesIn(holder: unknown, found: Place[] = [], levels = 0): Place[] {
  if (holder === null || typeof holder !== "object" || levels > 6 || found.length > 200) return found;
  for (const key of Array.isArray(holder) ? holder.keys() : Object.keys(holder)) {
    found.push({ holder: holder as Place["holder"], key });
    placesIn((holder as Record<string | number, unknown>)[key], found, levels + 1);
  }
  return found;
}

/** What is no word of a list, no id and no date: somebody may have written it. */
const written = (text: unknown): text is string => typeof text === "string" && !/^[\w.:+-]*$/.test(text);

/** The same with other words where people write: as good as the ones before, as far as the schema knows. */
export function reworded<T extends object>(value: T, random: Random): T {
  const copy = structuredClone(value);
  for (const { holder, key } of placesIn(copy)) {
    const own = holder as Record<string | number, unknown>;
    const before = own[key];
    if (!written(before) || random.chance(0.5)) continue;
    own[key] = random.chance(0.5) ? random.pick(awkward) : `${before}${random.pick(awkward)}`;
  }
  return copy;
}

/** The same with one or two places gone wrong. */
export function spoiled<T extends object>(value: T, random: Random): T {
  const copy = structuredClone(value);
  const places = placesIn(copy);
  for (let n = random.chance(0.8) ? 1 : 2; n > 0 && places.length; n--) {
    const { holder, key } = random.pick(places);
    const own = holder as Record<string | number, unknown>;
    const how = random.next();
    if (how < 0.12) delete own[key];
    else if (how < 0.2) {
      const name = random.pick(["__proto__", "constructor", "$set", "role", "toString", "a.b"]);
      Object.defineProperty(own, name, { value: hostileValue(random), enumerable: true, configurable: true });
    } else own[key] = hostileValue(random);
  }
  return copy;
}
