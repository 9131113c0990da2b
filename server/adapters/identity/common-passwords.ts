import { dictionary } from "@zxcvbn-ts/language-common";

/** A few of this product, beside those of the list. */
const ours = ["dianxiaoer", "abc123456"];

/** A word of the list with such an end is guessed as early as the word itself. */
const MAX_END = 4;

/**
 * The passwords that are found most often in leaks, some 49,000, in lower case. Read when the first one is asked for.
 */
let list: ReadonlySet<string> | null = null;

/**
 * Whether a password is a common one of leaks, in any case, or one with up to four digits or signs after it. The list
 * is that of `@zxcvbn-ts/language-common` (MIT); some 1,500 of its words have ten characters or more, as ours must
 * (OWASP ASVS 4, 2.1.7).
 */
export function isCommonPassword(password: string): boolean {
  list ??= new Set(
    [...(dictionary["passwords-common"] as readonly string[]), ...ours].map((word) => word.toLowerCase()),
  );
  const typed = password.toLowerCase();
  for (let end = 0; end <= MAX_END && end < typed.length; end++) {
    const word = typed.slice(0, typed.length - end);
    if (list.has(word) && /^[\d\W_]*$/.test(typed.slice(word.length))) return true;
  }
  return false;
}
