import type { Actor } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { DomainEvent } from "../../../kernel/event.ts";
import { freeText } from "../../domain/privacy/free-text.ts";
import type { Uses } from "../../ports.ts";

/**
 * The data that an event gets when the check of its text did not end in `passed`. The committee sees them with the
 * event.
 */
export type WordMark = { words?: "review" | "unchecked" };

/**
 * Checks the free text in `input` before others see it, as text of the actor, also when staff file for a resident.
 * Throws `content.refused`. Doubtful text is accepted and marked for the responsible staff.
 */
export async function checkWords(
  deps: Uses<"keys" | "store" | "wordCheck">,
  actor: Actor,
  input: object,
): Promise<WordMark> {
  const text = freeText(input).join("\n");
  if (!text) return {};
  const sealed = await deps.store.identities.openidOf(actor.userId);
  const verdict = await deps.wordCheck.check(sealed && deps.keys.open(sealed, "openid"), text);
  if (verdict === "risky") refuse("content.refused");
  return verdict === "passed" ? {} : { words: verdict };
}

/** The event with the result of the check in its data. */
export const marked = <E extends DomainEvent>(event: E, mark: WordMark): E => ({
  ...event,
  data: { ...event.data, ...mark },
});
