import { formatClock, dayOf, minuteOf } from "./calendar.ts";

/**
 * Fields of WeChat's subscribe messages. A field's name is its kind and a number (`thing2`). Each kind has a maximal
 * length and a character set (in the API's documentation). One invalid field makes WeChat refuse the whole message
 * (error 47003).
 */
const characters = (value: string): string[] => [...value];

/** Cuts to this many characters; the last one is then an ellipsis. */
function cut(value: string, most: number): string {
  const all = characters(value);
  return all.length <= most ? value : `${all.slice(0, most - 1).join("")}…`;
}

const han = (value: string): string => value.replaceAll(/\P{Script=Han}/gu, "");
const ascii = (value: string): string => value.replaceAll(/[^\x20-\x7E]/g, "").trim();
const oneLine = (value: string): string => value.replaceAll(/\s+/g, " ").trim();

const kinds: Readonly<Record<string, (value: string) => string>> = {
  thing: (value) => cut(oneLine(value), 20),
  character_string: (value) => ascii(value).slice(0, 32),
  name: (value) => {
    const chinese = characters(han(value)).slice(0, 10).join("");
    return chinese || ascii(value).slice(0, 20);
  },
  phrase: (value) => characters(han(value)).slice(0, 5).join(""),
  time: (value) => oneLine(value).slice(0, 24),
  date: (value) => oneLine(value).slice(0, 24),
  number: (value) => value.replaceAll(/[^\d.]/g, "").slice(0, 32),
  phone_number: (value) => value.replaceAll(/[^\d+-]/g, "").slice(0, 17),
};

/** Values for fields that would be empty, which WeChat refuses. */
const nothing: Readonly<Record<string, string>> = { name: "店小二", phrase: "请查看", thing: "请点开查看" };

/** `thing` of `thing2`. */
const kindOf = (field: string): string => /^([a-z_]+)\d*$/.exec(field)?.[1] ?? "";

/** Whether a template's field is of a kind that we can fill. */
export const isField = (field: string): boolean => Object.hasOwn(kinds, kindOf(field));

/** A value that meets the limits of the field. */
export function fitField(field: string, value: string): string {
  const kind = kindOf(field);
  const fitted = kinds[kind]?.(value) ?? cut(value, 20);
  return fitted || (nothing[kind] ?? "0");
}

/** A moment in the format of a time field: 2026年3月2日 20:40, in Shanghai. */
export function timeField(at: Date): string {
  const [year, month, date] = dayOf(at).split("-").map(Number);
  return `${year}年${month}月${date}日 ${formatClock(minuteOf(at))}`;
}
