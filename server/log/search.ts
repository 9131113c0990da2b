import { freeText } from "../core/domain/privacy/free-text.ts";

/** Words of a query beyond this are not looked at. */
const MAX_WORDS = 8;

const han = /^\p{Script=Han}$/u;
const runs = /\p{Script=Han}+|[\p{L}\p{N}]+?(?=\p{Script=Han}|[^\p{L}\p{N}]|$)/gu;
const segmenter = new Intl.Segmenter("zh", { granularity: "word" });

/** One form for what is written in several: ＷｉＦｉ is wifi. */
const normal = (text: string): string => text.normalize("NFKC").toLowerCase();

const isHan = (run: string): boolean => han.test([...run][0] ?? "");

/** Each pair of neighbouring characters. */
const bigrams = (characters: readonly string[]): string[] =>
  characters.slice(1).map((character, n) => `${characters[n] ?? ""}${character}`);

/**
 * What a text is found by: of Chinese each character and each pair of neighbours, of the rest whole words. Not the
 * words of a segmenter: how it cuts 电梯坏了 depends on what stands around it, so that a word cut from the query may
 * be none of the text.
 */
export function searchTerms(texts: readonly string[]): string[] {
  const terms = new Set<string>();
  for (const text of texts) {
    for (const [run] of normal(text).matchAll(runs)) {
      if (!isHan(run)) terms.add(run);
      else {
        const characters = [...run];
        for (const term of [...characters, ...bigrams(characters)]) terms.add(term);
      }
    }
  }
  return [...terms];
}

/**
 * The words of a query, as Intl.Segmenter cuts them: 电梯坏了 asks for 电梯 and 坏了, wherever they stand. What it
 * knows no word for, it cuts into characters: neighbours of these are one word again.
 */
export function queryWords(query: string): string[] {
  const words: string[] = [];
  let single = false;
  for (const { segment, isWordLike } of segmenter.segment(normal(query))) {
    const parts = isWordLike ? [...segment.matchAll(runs)].map(([run]) => run) : [];
    for (const part of parts) {
      const one = isHan(part) && [...part].length === 1;
      if (one && single) words.push(`${words.pop() ?? ""}${part}`);
      else words.push(part);
      single = one;
    }
    if (parts.length === 0) single = false;
  }
  return [...new Set(words)].slice(0, MAX_WORDS);
}

/** The terms that whatever says these words must have; not all that has them says the words. */
export const lookupTerms = (words: readonly string[]): string[] => [
  ...new Set(
    words.flatMap((word) => {
      const characters = [...word];
      return isHan(word) && characters.length > 1 ? bigrams(characters) : [word];
    }),
  ),
];

/** Whether every word is said somewhere in the texts: Chinese as a part, the rest as a whole word. */
export function says(texts: readonly string[], words: readonly string[]): boolean {
  const whole = texts.map(normal);
  const latin = new Set(whole.flatMap((text) => [...text.matchAll(runs)].map(([run]) => run)));
  return words.every((word) => (isHan(word) ? whole.some((text) => text.includes(word)) : latin.has(word)));
}

/**
 * What of an event can be searched for: what somebody wrote, and the staff it names. A resident's name is none of it:
 * the log masks it, and a search that finds it would tell it.
 */
export function searchableText(
  actor: { role: string; name: string },
  data: Readonly<Record<string, unknown>>,
): string[] {
  const names = [data["cadreName"], ["resident", "system"].includes(actor.role) ? null : actor.name];
  return [...freeText(data), ...names.filter((name): name is string => typeof name === "string" && name !== "")];
}
