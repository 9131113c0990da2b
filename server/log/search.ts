import { freeText } from "../core/domain/privacy/free-text.ts";

/** Further words of a query are ignored. */
const MAX_WORDS = 8;

const han = /^\p{Script=Han}$/u;
const runs = /\p{Script=Han}+|[[\p{L}\p{N}]--\p{Script=Han}]+/gv;
const segmenter = new Intl.Segmenter("zh", { granularity: "word" });

/** Normalizes width and case: ＷｉＦｉ becomes wifi. */
const normal = (text: string): string => text.normalize("NFKC").toLowerCase();

const isHan = (run: string): boolean => han.test([...run][0] ?? "");

/** Each pair of adjacent characters. */
const bigrams = (characters: readonly string[]): string[] =>
  characters.slice(1).map((character, n) => `${characters[n] ?? ""}${character}`);

/**
 * The index terms of texts: for Chinese each character and each pair of adjacent characters, for other scripts whole
 * words. A segmenter is not used, since it cuts 电梯坏了 differently depending on the context, and a word of the
 * query might not be among the words of the text.
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
 * The words of a query, as Intl.Segmenter cuts them: 电梯坏了 gives 电梯 and 坏了. Characters that it cuts
 * one by one, for lack of a known word, are joined to one word again.
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

/**
 * Terms that every text with these words has. Texts without the words may have them too, so matches need {@link says}.
 */
export const lookupTerms = (words: readonly string[]): string[] => [
  ...new Set(
    words.flatMap((word) => {
      const characters = [...word];
      return isHan(word) && characters.length > 1 ? bigrams(characters) : [word];
    }),
  ),
];

/** Whether each word occurs in some text: a Chinese word as a substring, others as a whole word. */
export function says(texts: readonly string[], words: readonly string[]): boolean {
  const whole = texts.map(normal);
  const latin = new Set(whole.flatMap((text) => [...text.matchAll(runs)].map(([run]) => run)));
  return words.every((word) => (isHan(word) ? whole.some((text) => text.includes(word)) : latin.has(word)));
}

/**
 * The searchable text of an event: free text in its data and the names of staff. Names of residents are left out, since
 * the log masks them and a match would reveal them.
 */
export function searchableText(
  actor: { role: string; name: string },
  data: Readonly<Record<string, unknown>>,
): string[] {
  const names = [data["cadreName"], ["resident", "system"].includes(actor.role) ? null : actor.name];
  return [...freeText(data), ...names.filter((name): name is string => typeof name === "string" && name !== "")];
}
