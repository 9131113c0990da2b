import { maskNumbers } from "./mask.ts";

/** Field names, in inputs of steps and in data of events, whose values are free text. */
const fields: readonly string[] = ["title", "description", "text", "note", "reason", "result", "comment"];

/** Whether the data have a field with free text. */
export const hasFreeText = (data: Readonly<Record<string, unknown>>): boolean => fields.some((field) => field in data);

/** The free text in an input, in order: those fields, a rating's tags, the answers, and the label of a time window. */
export function freeText(input: object): string[] {
  const given = input as Readonly<Record<string, unknown>>;
  const words: unknown[] = fields.map((field) => given[field]);
  const {
    tags = [],
    answers = {},
    timeWindow,
  } = given as Partial<{
    tags: readonly string[];
    answers: Readonly<Record<string, string>>;
    timeWindow: { label: string } | null;
  }>;
  words.push(...tags, ...Object.values(answers), timeWindow?.label);
  return words.filter((word): word is string => typeof word === "string" && word !== "");
}

/** Further fields in which somebody may write a number that was not asked for: names, search texts and the like. */
const others: readonly string[] = [
  ...["clearFor", "tags", "answers", "timeWindow", "q"],
  ...["name", "positions", "position", "organization", "organizationName", "building"],
];

const holdsWords = (name: string): boolean => fields.includes(name) || others.includes(name);

/** The input with phone and ID numbers masked in free text. Fields that are meant for numbers stay unchanged. */
export function maskFreeText<T>(input: T, written = false): T {
  if (typeof input === "string") return (written ? maskNumbers(input) : input) as T;
  if (Array.isArray(input)) return input.map((each: unknown) => maskFreeText(each, written)) as T;
  if (typeof input !== "object" || input === null || input instanceof Date) return input;
  const entries = Object.entries(input).map(([name, value]) => [
    name,
    maskFreeText(value as unknown, written || holdsWords(name)),
  ]);
  return Object.fromEntries(entries) as T;
}
