/** What stands for a unit or room that the reader does not need. */
export const MASK = "*";

/** 138****0001: enough to recognize, not enough to call. */
export const maskPhone = (phone: string): string => `${phone.slice(0, 3)}****${phone.slice(-4)}`;

/** A resident's surname: 王**. Two stars whatever the length, so that it does not tell. */
export const maskName = (name: string): string => (name ? `${[...name][0]}**` : "");

/** 192.0.2.*, 2001:db8:1:*: which network, not which machine. */
export const maskAddress = (address: string): string => {
  const plain = address.replace(/^::ffff:/, "");
  if (plain.includes(".")) return plain.replace(/\.\d+$/, ".*");
  return `${plain.split(":").slice(0, 3).join(":")}:*`;
};

const digit = "[0-9０-９]";
/** Eleven digits, as people group them; none before or after. */
const mobile = new RegExp(`(?<!${digit})[1１][3-9３-９]${digit}(?:[ -]?${digit}){8}(?!${digit})`, "g");
/** An ID number of 18 (GB 11643) or 15 digits by the date of birth in it. Its check digit is not asked: a mistyped one tells as much. */
const identity =
  /(?<![0-9])[1-9]\d{5}(?:(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]|\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3})(?![0-9Xx])/g;

/** What somebody wrote, with mobile and ID numbers masked: 138****0001, 310117**********1X. Landlines are offices': they stay. */
export const maskNumbers = (text: string): string =>
  text
    .replace(mobile, (number) => maskPhone(number.normalize("NFKC").replaceAll(/[ -]/g, "")))
    .replace(identity, (number) => `${number.slice(0, 6)}${"*".repeat(number.length - 8)}${number.slice(-2)}`);
