import { maskNumbers } from "./mask.ts";

/** Names of fields, in what steps are given and in what events keep, that hold what somebody wrote. */
const fields: readonly string[] = ["title", "description", "text", "note", "reason", "result", "comment"];

/** Whether anything that somebody wrote is in it. */
export const hasFreeText = (data: Readonly<Record<string, unknown>>): boolean => fields.some((field) => field in data);

/** What somebody wrote in it, in order: those fields, a rating's tags, answers, and the words for a time. */
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

/** Besides: names, what lists are searched by, and where else somebody may write a number that is not asked for. */
const others: readonly string[] = [
  ...["clearFor", "tags", "answers", "timeWindow", "q"],
  ...["name", "positions", "position", "organization", "organizationName", "building"],
];

const holdsWords = (name: string): boolean => fields.includes(name) || others.includes(name);

/**
 * The input with each phone and ID number masked in what somebody wrote; the fields that are for numbers stay as they
 * are.
 */
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
