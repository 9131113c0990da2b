import { refuse } from "../../../kernel/errors.ts";
import type { TimeRequest } from "./request-clocks.ts";
import type { Inputs } from "./request-inputs.ts";
import type { Request } from "./request.ts";

/** The longest time that can be asked for: half a year. Work that takes longer is not handled as a request. */
const MAX_TIME_REQUEST_MS = 183 * 86_400_000;

/**
 * The effect of a handler's time request. Throws `request.until_invalid` when `until` lies in the past, does not
 * postpone anything, or is more than half a year ahead.
 */
export function timeRequested(
  kind: TimeRequest["kind"],
  { until, reason }: Inputs["ask-extension"],
  after: Date,
  now: Date,
) {
  if (until <= after || until <= now || until.getTime() - now.getTime() > MAX_TIME_REQUEST_MS)
    refuse("request.until_invalid");
  const timeRequest: TimeRequest = { kind, until, reason, at: now };
  return { set: { clocks: { timeRequest } }, data: { until: until.toISOString(), reason } };
}

/** The end of the approved time request. Throws `request.until_invalid` when it no longer postpones anything. */
export function granted({ clocks: { timeRequest } }: Request, after: Date, now: Date): Date {
  if (!timeRequest || timeRequest.until <= after || timeRequest.until <= now) return refuse("request.until_invalid");
  return timeRequest.until;
}
