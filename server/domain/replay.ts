import type { Service } from "./community.ts";
import type { DomainEvent } from "./request.ts";
import { type Clocks, clocksFrom, countingOf, extended, resumed } from "./sla.ts";
import { isEcho } from "./transfer.ts";
import type { OfficeHours } from "./working-time.ts";

/** What of an event tells of the clocks: its data has the state after it. */
export type Told = Pick<DomainEvent, "type" | "at" | "data">;

/**
 * The deadlines of a request as its events give them, and nothing else: what the document says must be the same (product.md 8:
 * everything follows from the log). Null before its submission.
 */
export function replayDeadlines(
  events: readonly Told[],
  service: Service,
  office: OfficeHours,
): Pick<Clocks, "respondBy" | "resolveBy"> | null {
  const counting = countingOf(service, office);
  let clocks: Clocks | null = null;
  let since: Date | null = null;
  for (const { type, at, data } of events) {
    // What another community's log is told changes no clock.
    if (isEcho(type)) continue;
    const { status, until } = data;
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
