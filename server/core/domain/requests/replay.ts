import type { Clocks } from "./clocks.ts";
import type { Service } from "../community/community.ts";
import { clocksFrom, countingOf, extended, resumed } from "./sla.ts";
import { isEcho } from "./transfer.ts";
import type { OfficeHours } from "../community/working-time.ts";

/** One event of an aggregate as its log, or its outbox, has it. */
export interface OwnStep {
  version: number;
  type: string;
  at: Date;
  /** In whose log it is. */
  communityId: string;
  requestNo: string | null;
  serviceCode: string | null;
  actorId: string;
  residentId: string | null;
  handlerId: string | null;
  filerId: string | null;
  organization: string | null;
  /** Null: it was erased. What is above stays. */
  data: Readonly<Record<string, unknown>> | null;
}

/** What of a step tells of the clocks: its data has the state after it. */
type Told = Pick<OwnStep, "version" | "type" | "at" | "communityId" | "data">;

/** The steps in the order in which they were taken: positions are of one community's log, a request may have been in several. */
export const inOrder = <T extends { version: number }>(steps: readonly T[]): T[] =>
  steps.toSorted((a, b) => a.version - b.version);

/**
 * The deadlines of a request as its own steps give them, and nothing else: what the document says must be the same, since
 * everything follows from the log. Each step counts by the service and the hours of the community that answered for the request
 * then. Null before its submission.
 */
export function replayDeadlines(
  steps: readonly Told[],
  termsIn: (communityId: string) => { service: Service; office: OfficeHours },
): Pick<Clocks, "respondBy" | "resolveBy"> | null {
  let clocks: Clocks | null = null;
  let since: Date | null = null;
  for (const { type, at, communityId, data } of inOrder(steps)) {
    // What another community's log is told changes no clock.
    if (isEcho(type)) continue;
    const { service, office } = termsIn(communityId);
    const counting = countingOf(service, office);
    const { status, until } = data ?? {};
    if (type === "request.submitted") clocks = clocksFrom(at, service, office);
    else if (type === "request.rated" && status === "queued") clocks = clocksFrom(at, service, office, true);
    else if (type === "request.extended" && clocks) clocks = extended(clocks, new Date(String(until)), at, counting);
    const stands = status === "waiting" || status === "suspended";
    const runs = status === "queued" || status === "claimed" || status === "handling";
    if (stands) since ??= at;
    else if (since && clocks) {
      if (runs) clocks = resumed(clocks, since, at, counting);
      since = null;
    }
  }
  return clocks && { respondBy: clocks.respondBy, resolveBy: clocks.resolveBy };
}
