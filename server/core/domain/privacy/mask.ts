/** Replaces a unit or room that the reader may not see. */
export const MASK = "*";

/** 138****0001: enough to recognize, not enough to call. */
export const maskPhone = (phone: string): string => `${phone.slice(0, 3)}****${phone.slice(-4)}`;

/** A resident's surname: 王**. Always two stars, so that the length of the name stays hidden. */
export const maskName = (name: string): string => (name ? `${[...name][0]}**` : "");

/** 192.0.2.*, 2001:db8:1:*: the network without the machine. */
export const maskAddress = (address: string): string => {
  const plain = address.replace(/^::ffff:/, "");
  if (plain.includes(".")) return plain.replace(/\.\d+$/, ".*");
  return `${plain.split(":").slice(0, 3).join(":")}:*`;
};

/**
 * The network of one subscriber: an IPv4 address, or the first 64 bits of an IPv6 address, since a subscriber gets a
 * whole /64.
 */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, "");
  if (!plain.includes(":")) return plain;
  const [head, tail] = plain.split("::");
  const groups = head ? head.split(":") : [];
  const after = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? 0 : 8 - groups.length - after.length;
  const all = [...groups, ...Array.from({ length: Math.max(0, zeros) }, () => "0"), ...after];
  return all
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ""))
    .join(":");
}

/**
 * Eleven digits, as people group them (by spaces, dots and dashes), also after +86; none before or after. Also digits
 * of full width.
 */
const mobile =
  /(?<![0-9０-９])(?:[+＋]?[8８][6６][ .·\u3000－–—-]?)?[1１][3-9３-９](?:[ .·\u3000－–—-]?[0-9０-９]){9}(?![0-9０-９])/g;
/** As many digits as an ID number has (GB 11643: 18, before 1999: 15), the last perhaps an X. */
const eighteen =
  /(?<![0-9０-９])[1-9１-９](?:[ .·\u3000－–—-]?[0-9０-９]){16}[ .·\u3000－–—-]?[0-9０-９XxＸｘ](?![0-9０-９XxＸｘ])/g;
const fifteen = /(?<![0-9０-９])[1-9１-９][0-9０-９]{14}(?![0-9０-９XxＸｘ])/g;
/** A day of birth after the six digits of a place. Its check digit is not asked: a mistyped one tells as much. */
const bornLong = /^\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]$/;
const bornShort = /^\d{8}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}$/;

/** The digits of a number, and an X. */
const plain = (number: string): string => number.normalize("NFKC").replaceAll(/[^0-9Xx]/g, "");

function maskIdentity(written: string, day: RegExp): string {
  const number = plain(written);
  return day.test(number) ? `${number.slice(0, 6)}${"*".repeat(number.length - 8)}${number.slice(-2)}` : written;
}

/**
 * The text with mobile and ID numbers masked: 138****0001, 310117**********1X. Landline numbers stay, since they belong
 * to offices.
 */
export const maskNumbers = (text: string): string =>
  text
    .replace(eighteen, (number) => maskIdentity(number, bornLong))
    .replace(fifteen, (number) => maskIdentity(number, bornShort))
    .replace(mobile, (number) => maskPhone(plain(number).slice(-11)));
