import type { Action } from "../../contract/index.ts";

/** In the order of work. The last of these that is allowed first is the page's one primary action. */
const work: readonly Action[] = [
  "claim", "first-contact", "resolve", "resume", "approve-extension", "approve-suspension", "accept-transfer",
]; // prettier-ignore
/** Their buttons stand on the cards that say who filed it, and who co-handles it. */
const onCards: readonly Action[] = ["consent", "revoke-consent", "ask-organization"];
const talk: readonly Action[] = ["message", "note", "internal-note", "ask", "answer"];

export interface StaffButtons {
  /** At the bottom, the primary action last (under the thumb). */
  foot: Action[];
  /** Talking and writing down. */
  talk: Action[];
  /** What ends one's part in it, and whatever else is allowed. */
  other: Action[];
}

/** Places every ability somewhere, at most once; nothing is drawn that is not an ability. */
export function staffButtons(abilities: readonly Action[]): StaffButtons {
  const foot = work.filter((action) => abilities.includes(action)).reverse();
  const talking = talk.filter((action) => abilities.includes(action));
  const other = abilities.filter((action) => ![...foot, ...talking, ...onCards].includes(action));
  return { foot, talk: talking, other };
}
