import type { Actor } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { DomainEvent } from "../../../kernel/event.ts";
import { freeText } from "../../domain/privacy/free-text.ts";
import type { Uses } from "../../ports.ts";

/** What the log keeps of a check that did not end in `passed`: the committee sees it beside the event. */
export type WordMark = { words?: "review" | "unchecked" };

/**
 * Checks what the actor wrote in `input` before others see it, as the actor's own words: also those that staff file for a resident.
 * Throws `content.refused`. Doubtful words go to the staff who have to answer them, marked.
 */
export async function checkWords(
  deps: Uses<"keys" | "store" | "words">,
  actor: Actor,
  input: object,
): Promise<WordMark> {
  const text = freeText(input).join("\n");
  if (!text) return {};
  const sealed = await deps.store.identities.openidOf(actor.userId);
  const verdict = await deps.words.check(sealed && deps.keys.open(sealed, "openid"), text);
  if (verdict === "risky") refuse("content.refused");
  return verdict === "passed" ? {} : { words: verdict };
}

/** The event with the mark on it. */
export const marked = <E extends DomainEvent>(event: E, mark: WordMark): E => ({
  ...event,
  data: { ...event.data, ...mark },
});
