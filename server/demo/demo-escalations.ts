import type { Request } from "../core/domain/requests/request.ts";
import type { Deps } from "../deps.ts";
import { escalateRequest } from "../core/usecases/requests/run-due-escalations.ts";

const isRequest = (value: unknown): value is Request =>
  typeof value === "object" && value !== null && "clocks" in value;

/** Runs the escalations of the demo's requests, each at its due time. */
export function createDemoEscalations() {
  const due = new Map<string, { id: string; at: Date }>();

  /**
   * Records when the next escalation of a story's request is due. `after` is the result of a step; other results are
   * ignored.
   */
  const track = (of: string, after: unknown): void => {
    if (!isRequest(after)) return;
    if (after.clocks.dueAt) due.set(of, { id: after.id, at: after.clocks.dueAt });
    else due.delete(of);
  };

  /** Runs the escalations of a story's request that are due up to and including `until`. */
  async function runDue(deps: Deps, of: string, until: Date): Promise<void> {
    for (let next = due.get(of); next && next.at <= until; next = due.get(of)) {
      const { id, at } = next;
      await escalateRequest({ ...deps, clock: { now: () => at }, wakeRelay: () => undefined }, id);
      track(of, (await deps.store.requests.load(id))?.request);
    }
  }

  return {
    note: track,
    climb: runDue,
    /** Runs the due escalations of every story. */
    async runAllDue(deps: Deps, until: Date): Promise<void> {
      for (const of of due.keys()) await runDue(deps, of, until);
    },
  };
}
