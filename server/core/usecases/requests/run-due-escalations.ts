import { system } from "../../../kernel/actor.ts";
import { DomainError } from "../../../kernel/errors.ts";
import type { Request } from "../../domain/requests/request.ts";
import { dueStep } from "../../domain/requests/request-lifecycle.ts";
import type { Uses } from "../../ports.ts";
import { takeStep } from "./take-step.ts";

/** Requests looked at in one go. */
const BATCH = 200;

/**
 * Takes every escalation that is due: reminders, overdue, supervision (督办), and the end of a suspension. What is
 * due stands in the request itself, so a late call takes the escalations in order, one that is made twice or at the
 * same time as another takes each once, and one that dies leaves the rest to the next. Returns how many steps it
 * took.
 */
export async function runDueEscalations(
  deps: Uses<"clock" | "holidays" | "keys" | "store" | "wakeRelay" | "wordCheck">,
): Promise<number> {
  let taken = 0;
  for (;;) {
    const ids = await deps.store.requests.due(deps.clock.now(), BATCH);
    const before = taken;
    for (const id of ids) taken += await escalateRequest(deps, id);
    if (ids.length < BATCH || taken === before) return taken;
  }
}

/** The same for one request. */
export async function escalateRequest(
  deps: Uses<"clock" | "holidays" | "keys" | "store" | "wakeRelay" | "wordCheck">,
  id: string,
): Promise<number> {
  let request: Request | undefined = (await deps.store.requests.load(id))?.request;
  for (let taken = 0; ; taken++) {
    const due = request && dueStep(request, deps.clock.now());
    if (!due) return taken;
    try {
      request = await takeStep(deps, { actor: system, idempotency: null }, id, due.action, due.input);
    } catch (error) {
      // Somebody else was faster, or has moved the request meanwhile: what is due now is for the next call.
      if (error instanceof DomainError) return taken;
      throw error;
    }
  }
}
