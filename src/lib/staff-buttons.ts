import type { Action } from "../../contract/index.ts";

/** Steps in the order of work. The allowed one that comes first is the page's primary action. */
const work: readonly Action[] = [
  "claim", "first-contact", "resolve", "resume", "approve-extension", "approve-suspension", "accept-transfer",
]; // prettier-ignore
/** Steps whose buttons are on the cards about proxy filing and co-handling. */
const onCards: readonly Action[] = ["consent", "revoke-consent", "ask-organization"];
const talk: readonly Action[] = ["message", "note", "internal-note", "ask", "answer"];

export interface StaffButtons {
  /** At the bottom of the page, the primary action last (near the thumb). */
  foot: Action[];
  /** Messages and notes. */
  talk: Action[];
  /** All other allowed steps, such as releasing the request. */
  other: Action[];
}

/** Assigns each ability to at most one group of buttons. Steps that are not in `abilities` get no button. */
export function staffButtons(abilities: readonly Action[]): StaffButtons {
  const foot = work.filter((action) => abilities.includes(action)).reverse();
  const talking = talk.filter((action) => abilities.includes(action));
  const other = abilities.filter((action) => ![...foot, ...talking, ...onCards].includes(action));
  return { foot, talk: talking, other };
}
