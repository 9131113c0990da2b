interface Props {
  text: string;
  /** In lower case. */
  words: readonly string[] | undefined;
}

/** A text with the words of the search marked. */
export function Highlight({ text, words = [] }: Props) {
  return <>{partsOf(text, words).map(({ part, found, at }) => (found ? <mark key={at}>{part}</mark> : part))}</>;
}

/** Cuts the text at each occurrence of a word. Where several words begin at one place, the longest is taken. */
export function partsOf(text: string, words: readonly string[]): { part: string; found: boolean; at: number }[] {
  const lower = text.toLowerCase();
  // When the lower-case text has another length, its positions do not match the text, so nothing is marked.
  const longest = lower.length === text.length ? words.filter(Boolean).toSorted((a, b) => b.length - a.length) : [];
  const parts: { part: string; found: boolean; at: number }[] = [];
  let from = 0;
  for (let at = 0; at < text.length;) {
    const word = longest.find((one) => lower.startsWith(one, at));
    if (word === undefined) {
      at++;
      continue;
    }
    if (at > from) parts.push({ part: text.slice(from, at), found: false, at: from });
    parts.push({ part: text.slice(at, at + word.length), found: true, at });
    at += word.length;
    from = at;
  }
  if (from < text.length) parts.push({ part: text.slice(from), found: false, at: from });
  return parts;
}
