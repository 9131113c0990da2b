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
