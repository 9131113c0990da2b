import { callbackLateAt } from "./callback.ts";
import { closesUnratedAt } from "./rating.ts";
import type { Request, Status } from "./request.ts";
import type { StepContext } from "./request-effects.ts";
import { countingOf, nextEscalation, postponed, resumedClocks } from "./sla.ts";
import { transferable } from "./transfer.ts";

/** States in which the clocks run. */
export const runningStatuses: readonly Status[] = ["queued", "claimed", "handling"];
/** States in which they stand still, and run on afterwards. */
export const pausedStatuses: readonly Status[] = ["waiting", "suspended"];

/**
 * What follows from a step by the states before and after it, whatever step it was: clocks that stop or run on, and
 * when an escalation is due next. `set` is what the step itself changes.
 */
export function consequences(
  before: Request,
  set: Partial<Request>,
  status: Status,
  context: StepContext,
): Partial<Request> {
  const clocks = clocksOf(before, set, status, context);
  const queue = queueOf(before, status, context.now);
  const after = { ...before, ...set, ...clocks, status };
  const dropped = tasksOf(before, status);
  const dueAt = dueOf(after);
  const same = dueAt?.getTime() === before.dueAt?.getTime();
  const lapsed = before.transfer && !transferable.includes(status) ? { transfer: null } : {};
  return {
    ...set,
    ...clocks,
    ...queue,
    ...dropped,
    ...lapsed,
    ...(same ? {} : { dueAt }),
    ...(status === before.status ? {} : { status }),
  };
}

function clocksOf(before: Request, set: Partial<Request>, status: Status, context: StepContext): Partial<Request> {
  const { now, service, office } = context;
  if (pausedStatuses.includes(status)) return before.waitingSince ? {} : { waitingSince: now };
  const stopped = { waitingSince: null, question: null, suspendedUntil: null };
  if (!runningStatuses.includes(status)) return { rungs: [], plea: null, ...(before.waitingSince ? stopped : {}) };
  const clocks: Partial<Request> = before.waitingSince
    ? {
        ...resumedClocks(before, before.waitingSince, now, countingOf(service, office)),
        ...timeRequestOf(before, set, context),
        ...stopped,
      }
    : {};
  // Whoever comes next has to make contact again; what was due meanwhile was not missed.
  const anew = before.firstContactAt !== null && set.firstContactAt === null && set.rungs === undefined;
  if (!anew) return clocks;
  const rungs = clocks.rungs ?? before.rungs;
  return { ...clocks, rungs: rungs.filter(({ clock, at }) => clock === "resolve" || at > now) };
}

/** A request for more time moves with the deadline that it would put off; one for a suspension names a day. */
function timeRequestOf({ plea, waitingSince }: Request, set: Partial<Request>, context: StepContext): Partial<Request> {
  if (!waitingSince || plea?.kind !== "extension" || set.plea !== undefined) return {};
  const counting = countingOf(context.service, context.office);
  return { plea: { ...plea, until: postponed(plea.until, waitingSince, context.now, counting) } };
}

/** Whoever has just had it is not asked first again; what has left the queue is offered to nobody. */
function queueOf(before: Request, status: Status, now: Date): Partial<Request> {
  const [was, is] = [before.status === "queued", status === "queued"];
  if (was === is) return {};
  const tried = is && before.handlerId ? [before.handlerId] : [];
  return { offer: null, tried, dispatchAt: is ? now : null, restsUntil: null, committeeCalled: false };
}

/** What ends without being resolved waits for no organization any more; their tasks are cancelled after it. */
const tasksOf = ({ openTasks }: Request, status: Status): Partial<Request> =>
  openTasks.length && !runningStatuses.includes(status) && !pausedStatuses.includes(status) ? { openTasks: [] } : {};

/** What says when something is due by itself. */
type Due = Pick<Request, "suspendedUntil" | "status" | "rungs" | "firstContactAt" | "resolvedAt" | "callback">;

/**
 * When something of the request is due by itself: an escalation, the end of a suspension or of the time to rate, a
 * late callback. Null: nothing.
 */
export function dueOf(request: Due): Date | null {
  const times = [ownDueOf(request), callbackLateAt(request)].filter((at) => at !== null);
  return times.length ? new Date(Math.min(...times.map((at) => at.getTime()))) : null;
}

function ownDueOf(request: Due): Date | null {
  if (request.suspendedUntil) return request.suspendedUntil;
  if (request.status === "resolved") return closesUnratedAt(request);
  if (!runningStatuses.includes(request.status)) return null;
  return nextEscalation(request.rungs, request.firstContactAt !== null)?.at ?? null;
}
