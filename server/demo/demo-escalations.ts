import type { Request } from "../core/domain/requests/request.ts";
import type { Deps } from "../deps.ts";
import { escalateRequest } from "../core/usecases/requests/run-due-escalations.ts";

const isRequest = (value: unknown): value is Request => typeof value === "object" && value !== null && "dueAt" in value;

/** Runs the escalations of the demo's requests, each at the time at which it was due. */
export function createDemoEscalations() {
  const due = new Map<string, { id: string; at: Date }>();

  /** What a happening has left: when a request, its escalations are followed from there. */
  const track = (of: string, after: unknown): void => {
    if (!isRequest(after)) return;
    if (after.dueAt) due.set(of, { id: after.id, at: after.dueAt });
    else due.delete(of);
  };

  /** Takes what is due of a story's request up to and including `until`. */
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
    /** The same for every story. */
    async runAllDue(deps: Deps, until: Date): Promise<void> {
      for (const of of due.keys()) await runDue(deps, of, until);
    },
  };
}
