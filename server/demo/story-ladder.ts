import type { Request } from "../core/domain/requests/request.ts";
import type { Deps } from "../deps.ts";
import { climbRequest } from "../core/usecases/requests/climb-ladder.ts";

const isRequest = (value: unknown): value is Request => typeof value === "object" && value !== null && "dueAt" in value;

/** Lets the ladder do its part of the story: each rung at the time at which it was due. */
export function createStoryLadder() {
  const due = new Map<string, { id: string; at: Date }>();

  /** What a happening has left: when a request, its ladder is followed from there. */
  const note = (of: string, after: unknown): void => {
    if (!isRequest(after)) return;
    if (after.dueAt) due.set(of, { id: after.id, at: after.dueAt });
    else due.delete(of);
  };

  /** Takes what is due of a story's request up to and including `until`. */
  async function climb(deps: Deps, of: string, until: Date): Promise<void> {
    for (let next = due.get(of); next && next.at <= until; next = due.get(of)) {
      const { id, at } = next;
      await climbRequest({ ...deps, clock: { now: () => at }, kick: () => undefined }, id);
      note(of, (await deps.store.requests.load(id))?.request);
    }
  }

  return {
    note,
    climb,
    /** The same for every story. */
    async climbAll(deps: Deps, until: Date): Promise<void> {
      for (const of of due.keys()) await climb(deps, of, until);
    },
  };
}
