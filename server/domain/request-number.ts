/** Crockford's base 32: no I, L, O, U, so that a number can be read out on the phone. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** Crockford's check symbols: the alphabet and five more, for a remainder modulo 37. */
const CHECK = `${ALPHABET}*~$=U`;

/**
 * A request's number from 40 random bits: `XXXX-XXXX-C`, unguessable, with Crockford's check character (modulo 37), which finds
 * every single wrong character and every swap of two neighbours.
 */
export function requestNumber(random: Uint8Array): string {
  let value = 0n;
  for (const byte of random.subarray(0, 5)) value = (value << 8n) | BigInt(byte);
  let digits = "";
  for (let shift = 35n; shift >= 0n; shift -= 5n) digits += ALPHABET[Number((value >> shift) & 31n)];
  return `${digits.slice(0, 4)}-${digits.slice(4)}-${CHECK[Number(value % 37n)]}`;
}

/** The number as stored, from what somebody typed (any case, spaces, O for 0, I or L for 1), or null when the check fails. */
export function parseRequestNumber(typed: string): string | null {
  const clean = typed.toUpperCase().replaceAll(/[\s-]/g, "");
  const digits = clean.slice(0, 8).replaceAll("O", "0").replaceAll(/[IL]/g, "1");
  if (!/^[0-9A-HJKMNP-TV-Z]{8}$/.test(digits) || clean.length !== 9) return null;
  let value = 0n;
  for (const digit of digits) value = (value << 5n) | BigInt(ALPHABET.indexOf(digit));
  return CHECK[Number(value % 37n)] === clean[8] ? `${digits.slice(0, 4)}-${digits.slice(4)}-${clean[8]}` : null;
}
