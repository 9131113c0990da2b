/** What stands for a unit or room that the reader does not need. */
export const MASK = "*";

/** 138****0001: enough to recognize, not enough to call. */
export const maskPhone = (phone: string): string => `${phone.slice(0, 3)}****${phone.slice(-4)}`;

/** A resident's surname: 王**. Two stars whatever the length, so that it does not tell. */
export const maskName = (name: string): string => (name ? `${[...name][0]}**` : "");
