import { system } from "../../../kernel/actor.ts";
import { DomainError } from "../../../kernel/errors.ts";
import type { Request } from "../../domain/requests/request.ts";
import { dueStep } from "../../domain/requests/request-lifecycle.ts";
import type { Uses } from "../../ports.ts";
import { takeStep } from "./take-step.ts";

/** How many requests are read at a time. */
const BATCH = 200;

/**
 * Takes every due step of the system: reminders, overdue, supervision (督办), ends of suspensions, and closings
 * without a rating. The due time is stored in the request. So a late call takes the steps in order, repeated or
 * simultaneous calls take each once, and after a crash the next call does the rest. Returns how many steps were
 * taken.
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

/** Takes the due steps of one request. Returns how many were taken. */
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
      // Somebody else was faster, or has changed the request. The next call handles what is due then.
      if (error instanceof DomainError) return taken;
      throw error;
    }
  }
}
