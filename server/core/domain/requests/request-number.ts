/** Crockford's base 32 without I, L, O and U, so that a number can be read out on the phone. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Doubles `x` in the field GF(32) with the polynomial x^5 + x^2 + 1. */
const doubled = (x: number): number => (x & 16 ? (x << 1) ^ 0b100101 : x << 1);

/**
 * Damm's check digit (2004) over GF(32): c = 2(c + digit) for each digit. It detects every single wrong character and
 * every swap of two neighbours. It is a character of the same alphabet, which is easy to read out.
 */
const checkOf = (digits: string): string =>
  ALPHABET[[...digits].reduce((check, digit) => doubled(check ^ ALPHABET.indexOf(digit)), 0)] ?? "";

/**
 * A request's number from 40 random bits: `XXXX-XXXX-C`. It cannot be guessed. C is {@link checkOf} the other
 * characters.
 */
export function requestNumber(random: Uint8Array): string {
  let value = 0n;
  for (const byte of random.subarray(0, 5)) value = (value << 8n) | BigInt(byte);
  let digits = "";
  for (let shift = 35n; shift >= 0n; shift -= 5n) digits += ALPHABET[Number((value >> shift) & 31n)];
  return `${digits.slice(0, 4)}-${digits.slice(4)}-${checkOf(digits)}`;
}

/**
 * The number as stored, from user input (any case, spaces, O for 0, I or L for 1). Null when the check digit is wrong.
 */
export function parseRequestNumber(typed: string): string | null {
  const clean = typed.toUpperCase().replaceAll(/[\s-]/g, "").replaceAll("O", "0").replaceAll(/[IL]/g, "1");
  if (!/^[0-9A-HJKMNP-TV-Z]{9}$/.test(clean)) return null;
  const digits = clean.slice(0, 8);
  return checkOf(digits) === clean[8] ? `${digits.slice(0, 4)}-${digits.slice(4)}-${clean[8]}` : null;
}
