import type { Clocks } from "./clocks.ts";
import type { Service } from "../community/community.ts";
import { clocksFrom, countingOf, extendedClocks, resumedClocks } from "./sla.ts";
import { isMirrorEvent } from "./transfer.ts";
import type { OfficeHours } from "../community/working-time.ts";
import { type OwnStep, sortSteps } from "../../../kernel/replay.ts";

/** The fields of a step from which the clocks are replayed. Its data have the state after the step. */
type ClockStep = Pick<OwnStep, "version" | "type" | "at" | "communityId" | "data">;

/**
 * The deadlines of a request according to its own steps, to be compared with the stored ones. Each step counts by the
 * service and the office hours of the community that was responsible at the time. Null before the submission.
 */
export function replayDeadlines(
  steps: readonly ClockStep[],
  termsIn: (communityId: string) => { service: Service; office: OfficeHours },
): Pick<Clocks, "respondBy" | "resolveBy"> | null {
  let clocks: Clocks | null = null;
  let since: Date | null = null;
  for (const { type, at, communityId, data } of sortSteps(steps)) {
    // Mirror events in another community's log change no clock.
    if (isMirrorEvent(type)) continue;
    const { service, office } = termsIn(communityId);
    const counting = countingOf(service, office);
    const { status, until } = data ?? {};
    if (type === "request.submitted") clocks = clocksFrom(at, service, office);
    else if (type === "request.rated" && status === "queued") clocks = clocksFrom(at, service, office, true);
    else if (type === "request.extended" && clocks)
      clocks = extendedClocks(clocks, new Date(String(until)), at, counting);
    const stands = status === "waiting" || status === "suspended";
    const runs = status === "queued" || status === "claimed" || status === "handling";
    if (stands) since ??= at;
    else if (since && clocks) {
      if (runs) clocks = resumedClocks(clocks, since, at, counting);
      since = null;
    }
  }
  return clocks && { respondBy: clocks.respondBy, resolveBy: clocks.resolveBy };
}
