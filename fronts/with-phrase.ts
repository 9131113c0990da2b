/**
 * The text of a field after a phrase was picked. The phrase replaces an earlier picked phrase and is appended to text
 * that
 * the person typed.
 */
export function withPhrase(text: string, phrase: string, phrases: readonly string[]): string {
  const written = text.trim();
  return written === "" || phrases.includes(written) ? phrase : `${written}\n${phrase}`;
}
