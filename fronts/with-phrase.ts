/**
 * What stands in the field after a common phrase was picked: behind what one wrote oneself, and in place of another
 * phrase.
 */
export function withPhrase(text: string, phrase: string, phrases: readonly string[]): string {
  const written = text.trim();
  return written === "" || phrases.includes(written) ? phrase : `${written}\n${phrase}`;
}
