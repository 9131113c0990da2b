import { callbackLateAt } from "./callback.ts";
import { closesUnratedAt } from "./rating.ts";
import type { Request, Status } from "./request.ts";
import { type RequestChange, withChanges } from "./request-change.ts";
import type { RequestClocks } from "./request-clocks.ts";
import type { RequestOutcome } from "./request-outcome.ts";
import { blankDispatch } from "./request-dispatch.ts";
import type { StepContext } from "./request-effects.ts";
import { countingOf, nextEscalation, postponed, resumedClocks } from "./sla.ts";
import { transferable } from "./transfer.ts";

/** States in which the clocks run. */
export const runningStatuses: readonly Status[] = ["queued", "claimed", "handling"];
/** States in which the clocks stand still and can run on afterwards. */
export const pausedStatuses: readonly Status[] = ["waiting", "suspended"];

/**
 * The changes that follow from the states before and after any step: clocks stop or run on, the place in dispatch
 * changes, and `dueAt` is computed anew. `set` is what the step itself changes.
 */
export function consequences(before: Request, set: RequestChange, status: Status, context: StepContext): RequestChange {
  const changes = withChanges(
    set,
    clocksOf(before, set, status, context),
    queueOf(before, status, context.now),
    tasksOf(before, status),
    before.transfer.pending && !transferable.includes(status) ? { transfer: { pending: null } } : {},
    status === before.status ? {} : { status },
  );
  const dueAt = dueOf(withChanges(before, changes));
  const same = dueAt?.getTime() === before.clocks.dueAt?.getTime();
  return same ? changes : withChanges(changes, { clocks: { dueAt } });
}

function clocksOf(before: Request, set: RequestChange, status: Status, context: StepContext): RequestChange {
  const { now, service, office } = context;
  const { pausedSince } = before.clocks;
  if (pausedStatuses.includes(status)) return pausedSince ? {} : { clocks: { pausedSince: now } };
  const resumed: RequestChange = pausedSince
    ? { clocks: { pausedSince: null, suspendedUntil: null }, handling: { question: null } }
    : {};
  if (!runningStatuses.includes(status))
    return withChanges(resumed, { clocks: { escalations: [], timeRequest: null } });
  const clocks: Partial<RequestClocks> = pausedSince
    ? {
        ...resumedClocks(before.clocks, pausedSince, now, countingOf(service, office)),
        ...timeRequestOf(before.clocks, set, context),
      }
    : {};
  // A new handler has to make contact again. Response escalations that were due before do not count as missed.
  const anew =
    before.clocks.firstContactAt !== null &&
    set.clocks?.firstContactAt === null &&
    set.clocks.escalations === undefined;
  if (!anew) return withChanges(resumed, { clocks });
  const ahead = clocks.escalations ?? before.clocks.escalations;
  const escalations = ahead.filter(({ clock, at }) => clock === "resolve" || at > now);
  return withChanges(resumed, { clocks: { ...clocks, escalations } });
}

/** A requested extension moves with the deadline when the clocks run on. A suspension names a fixed day. */
function timeRequestOf(
  { timeRequest, pausedSince }: RequestClocks,
  set: RequestChange,
  { now, service, office }: StepContext,
): Partial<RequestClocks> {
  if (!pausedSince || timeRequest?.kind !== "extension" || set.clocks?.timeRequest !== undefined) return {};
  const until = postponed(timeRequest.until, pausedSince, now, countingOf(service, office));
  return { timeRequest: { ...timeRequest, until } };
}

/**
 * A request that enters the queue is not offered first to the previous handler. One that leaves the queue has no offer.
 */
function queueOf(before: Request, status: Status, now: Date): RequestChange {
  const [was, is] = [before.status === "queued", status === "queued"];
  if (was === is) return {};
  const { offer, nextOfferRoundAt, committeeNotified } = blankDispatch;
  const offeredTo = is && before.handlerId ? [before.handlerId] : [];
  return { dispatch: { offer, offeredTo, dueAt: is ? now : null, nextOfferRoundAt, committeeNotified } };
}

/** A request that ends without a result waits for no organization any more; their tasks are cancelled afterwards. */
const tasksOf = ({ handling: { openTasks } }: Request, status: Status): RequestChange =>
  openTasks.length && !runningStatuses.includes(status) && !pausedStatuses.includes(status)
    ? { handling: { openTasks: [] } }
    : {};

/** The fields from which `dueAt` is computed. */
type Due = Pick<Request, "status" | "clocks"> & { outcome: Pick<RequestOutcome, "callback"> };

/**
 * When the next step of the system is due: an escalation, the end of a suspension, the end of the time to rate, or the
 * report of a late callback. Null when none is.
 */
export function dueOf(request: Due): Date | null {
  const times = [ownDueOf(request), callbackLateAt(request)].filter((at) => at !== null);
  return times.length ? new Date(Math.min(...times.map((at) => at.getTime()))) : null;
}

function ownDueOf(request: Due): Date | null {
  if (request.clocks.suspendedUntil) return request.clocks.suspendedUntil;
  if (request.status === "resolved") return closesUnratedAt(request);
  if (!runningStatuses.includes(request.status)) return null;
  return nextEscalation(request.clocks.escalations, request.clocks.firstContactAt !== null)?.at ?? null;
}
