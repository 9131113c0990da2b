import { filerSubject } from "./proxy-filing.ts";
import { type OwnStep, sortSteps } from "../../../kernel/replay.ts";
import { type ReplayedState, type ComparableValue, instant, sortedList } from "../../../kernel/replay-state.ts";
import type { RequestHandling } from "./request-handling.ts";
import type { Callback, RequestOutcome } from "./request-outcome.ts";
import type { Request, Status } from "./request.ts";
import { dueOf, runningStatuses, pausedStatuses } from "./request-consequences.ts";
import { transitions } from "./request-lifecycle.ts";
import { isTransferArrival, isMirrorEvent, transferable } from "./transfer.ts";

/** The fields of a stored request that are compared with its log. */
type Compared = Omit<Request, "content" | "handling" | "outcome"> & {
  handling: Omit<RequestHandling, "handover">;
  outcome: Omit<RequestOutcome, "result">;
};

const scoresOf = (scores: Readonly<Record<string, unknown>>): string =>
  `${String(scores["response"])}/${String(scores["attitude"])}/${String(scores["result"])}`;

const madeOf = (made: Pick<NonNullable<Callback["made"]>, "at" | "answer"> | null | undefined): string | null =>
  made ? `${made.answer} ${made.at.toISOString()}` : null;

/** A stored request as it can be compared with {@link replayRequest}. */
export function stateOfRequest(request: Compared) {
  const {
    outcome: { rating, callback },
    party: { filedBy },
    transfer: { pending },
    clocks: { escalations },
  } = request;
  const consent = filedBy?.as === "family" ? filedBy.consent : null;
  return {
    no: request.no,
    communityId: request.communityId,
    serviceCode: request.serviceCode,
    residentId: request.residentId,
    filerId: filerSubject(request).filerId,
    status: request.status,
    handlerId: request.handlerId,
    submittedAt: instant(request.submittedAt),
    claimedAt: instant(request.clocks.claimedAt),
    firstContactAt: instant(request.clocks.firstContactAt),
    resolvedAt: instant(request.clocks.resolvedAt),
    closedAt: instant(request.clocks.closedAt),
    respondBy: instant(request.clocks.respondBy),
    resolveBy: instant(request.clocks.resolveBy),
    pausedSince: instant(request.clocks.pausedSince),
    suspendedUntil: instant(request.clocks.suspendedUntil),
    // A step that removes or postpones the overdue escalation changes this field.
    overdueAt: instant(escalations.find(({ clock, stage }) => clock === "resolve" && stage === "overdue")?.at),
    dueAt: instant(request.clocks.dueAt),
    "rating.outcome": rating?.outcome ?? null,
    "rating.scores": rating && scoresOf(rating.scores),
    "rating.at": instant(rating?.at),
    "rating.tags": rating && sortedList(rating.tags),
    "rating.comment": rating && rating.comment,
    "callback.dueBy": instant(callback?.dueBy),
    "callback.made": madeOf(callback?.made),
    "consent.state": consent?.state ?? null,
    "consent.mayRate": consent?.mayRate ?? null,
    reworkCount: request.outcome.reworkCount,
    returnCount: request.dispatch.returnCount,
    openTasks: request.handling.openTasks.length,
    coHandlers: sortedList(request.handling.coHandlers),
    formerCommunityIds: sortedList(request.transfer.formerCommunityIds),
    askedCommunityIds: sortedList(request.transfer.askedCommunityIds),
    "transfer.to": pending?.to ?? null,
  } satisfies Record<string, ComparableValue>;
}

/** The replayed state of a request. */
export type RequestState = ReplayedState<keyof ReturnType<typeof stateOfRequest>>;

/** The state after each event type, from the transition table. */
const statusAfter = new Map<string, (typeof transitions)[number]["to"]>(
  transitions.map(({ event, to }) => [event, to]),
);

/**
 * The state after a step. A row with erased data does not state it: then it follows from the table, and for a rating
 * from the handler, since rework leaves the request without one.
 */
function nextStatus({ type, data, handlerId }: OwnStep, before: Status): Status {
  if (typeof data?.["status"] === "string") return data["status"] as Status;
  const to = statusAfter.get(type) ?? "same";
  if (to === "same") return before;
  if (typeof to === "string") return to;
  return handlerId === null ? "queued" : "closed";
}

/** Whether a step restarts the clocks, or the escalations of the resolution. */
const isStart = ({ type }: OwnStep, status: Status): boolean =>
  type === "request.submitted" || type === "request.extended" || (type === "request.rated" && status === "queued");

const word = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
const isOver = (status: Status): boolean => !runningStatuses.includes(status) && !pausedStatuses.includes(status);

/**
 * The state of a request according to its own steps, from the first on (mirror events in other logs included). `stored`
 * supplies the fields for `dueAt`, which is derived from other fields and not from the log. Fields that an erased row
 * no longer states are undefined. Throws nothing.
 */
export function replayRequest(steps: readonly OwnStep[], stored: Compared): RequestState {
  const state = blank();
  const coHandlers = new Set<string>();
  const [formerCommunityIds, askedCommunityIds] = [new Set<string>(), new Set<string>()];
  let overdueTaken: boolean | undefined = false;
  let status: Status = "queued";
  for (const step of sortSteps(steps)) {
    const { type, data, communityId } = step;
    const at = step.at.toISOString();
    if (isMirrorEvent(type)) {
      if (type === "transfer.offered") askedCommunityIds.add((state["transfer.to"] = communityId));
      if (isTransferArrival(type)) {
        if (state.communityId) formerCommunityIds.add(state.communityId as string);
        formerCommunityIds.delete((state.communityId = communityId));
      }
      continue;
    }
    const before = status;
    status = nextStatus(step, before);
    Object.assign(state, { status, no: step.requestNo, serviceCode: step.serviceCode, residentId: step.residentId });
    Object.assign(state, { handlerId: step.handlerId, filerId: step.filerId });

    deadlinesAfter(state, step, before, status);
    if (isStart(step, status)) overdueTaken = data && word(data["resolveBy"]) !== undefined ? false : undefined;
    if (overdueEvents.has(type) && data?.["clock"] === "resolve") overdueTaken = true;
    state.pausedSince = pausedStatuses.includes(status) ? (state.pausedSince ?? at) : null;
    state.suspendedUntil = !pausedStatuses.includes(status)
      ? null
      : type === "request.suspended"
        ? word(data?.["until"])
        : state.suspendedUntil;

    if (type === "request.submitted") Object.assign(state, { submittedAt: at, communityId });
    if (type === "request.claimed" || type === "request.assigned")
      Object.assign(state, { claimedAt: at, firstContactAt: null });
    if (step.handlerId === null) Object.assign(state, { claimedAt: null, firstContactAt: null });
    if (contacts.has(type)) state.firstContactAt ??= at;
    if (type === "request.resolved") state.resolvedAt = at;
    if (type === "request.rated") ratingAfter(state, step, status);
    else if (isOver(status) && status !== "resolved") state.closedAt ??= at;
    if (type === "request.called_back") callbackAfter(state, step);
    if (type === "request.callback_ended") Object.assign(state, { "callback.dueBy": null, "callback.made": null });
    consentAfter(state, step);

    if (type === "request.released") state.returnCount = Number(state.returnCount) + 1;
    if (type === "request.transferred") state.returnCount = 0;
    if (!transferable.includes(status) || whereItEnds.has(type)) state["transfer.to"] = null;
    if (type === "request.organization_asked") state.openTasks = Number(state.openTasks) + 1;
    if (type === "request.task_ended") {
      state.openTasks = Number(state.openTasks) - 1;
      if (data?.["taskState"] === "done") coHandlers.add(String(data["organization"]));
    }
    if (isOver(status)) state.openTasks = 0;
    if (type === "request.rated" && status === "queued") coHandlers.clear();
  }
  state.coHandlers = sortedList([...coHandlers]);
  state.formerCommunityIds = sortedList([...formerCommunityIds]);
  state.askedCommunityIds = sortedList([...askedCommunityIds]);
  state.overdueAt = overdueTaken || isOver(status) ? null : overdueTaken === false ? state.resolveBy : undefined;
  state.dueAt = instant(dueOf({ ...stored, status }));
  return state;
}

const overdueEvents = new Set(["request.overdue", "request.supervised"]);
const contacts = new Set(["request.contacted", "request.asked", "request.resolved"]);
const whereItEnds = new Set(["request.transfer_recalled", "request.transfer_refused", "request.transferred"]);

/** The state before the first step. */
const blank = (): RequestState => ({
  ...{ no: undefined, communityId: undefined, serviceCode: undefined, residentId: undefined, filerId: null },
  ...{ status: "queued", handlerId: null, submittedAt: undefined, claimedAt: null, firstContactAt: null },
  ...{ resolvedAt: null, closedAt: null, respondBy: undefined, resolveBy: undefined, pausedSince: null },
  ...{ suspendedUntil: null, overdueAt: undefined, dueAt: undefined },
  ...{ "rating.outcome": null, "rating.scores": null, "rating.at": null, "rating.tags": null, "rating.comment": null },
  ...{ "callback.dueBy": null, "callback.made": null, "consent.state": null, "consent.mayRate": null },
  ...{
    reworkCount: 0,
    returnCount: 0,
    openTasks: 0,
    coHandlers: "",
    formerCommunityIds: "",
    askedCommunityIds: "",
    "transfer.to": null,
  },
});

/**
 * Sets the deadlines that the step states. While the clocks stand still they stay unchanged. An erased step that moved
 * the deadlines leaves them undefined.
 */
function deadlinesAfter(state: RequestState, step: OwnStep, before: Status, status: Status): void {
  const { data } = step;
  const runsOn = pausedStatuses.includes(before) && runningStatuses.includes(status);
  if (!data || data["respondBy"] === undefined) {
    if (isStart(step, status) || runsOn) Object.assign(state, { respondBy: undefined, resolveBy: undefined });
  } else if (data["respondBy"] !== null)
    Object.assign(state, { respondBy: word(data["respondBy"]), resolveBy: word(data["resolveBy"]) });
}

function ratingAfter(state: RequestState, { at, data }: OwnStep, status: Status): void {
  const scores = data?.["scores"];
  const tags = data?.["tags"];
  const rework = status === "queued";
  state["rating.at"] = at.toISOString();
  state["rating.outcome"] = word(data?.["outcome"]) ?? (rework ? "unsolved" : undefined);
  state["rating.scores"] =
    typeof scores === "object" && scores ? scoresOf(scores as Record<string, unknown>) : undefined;
  state["rating.tags"] = Array.isArray(tags) ? sortedList(tags as string[]) : undefined;
  state["rating.comment"] = word(data?.["comment"]);
  state.closedAt = rework ? null : (state.closedAt ?? at.toISOString());
  if (rework) Object.assign(state, { resolvedAt: null, reworkCount: Number(state.reworkCount) + 1 });
  const by = word(data?.["callbackBy"]);
  if (!data) Object.assign(state, { "callback.dueBy": undefined, "callback.made": undefined });
  else if (by !== undefined) Object.assign(state, { "callback.dueBy": by, "callback.made": null });
  // A changed rating keeps a callback that was made.
  else if (!(data["changed"] === true && state["callback.made"] !== null))
    Object.assign(state, { "callback.dueBy": null, "callback.made": null });
}

function callbackAfter(state: RequestState, { at, data }: OwnStep): void {
  const answer = data?.["answer"];
  if (!data) state["callback.made"] = undefined;
  else if (answer === "satisfied" || answer === "unsatisfied") state["callback.made"] = madeOf({ at, answer });
}

function consentAfter(state: RequestState, { type, data, filerId }: OwnStep): void {
  if (type === "request.submitted" && filerId)
    Object.assign(state, { "consent.state": "asked", "consent.mayRate": false });
  if (type === "request.consent_revoked")
    Object.assign(state, { "consent.state": "refused", "consent.mayRate": false });
  if (type !== "request.consented") return;
  state["consent.state"] = filerId ? "given" : "refused";
  state["consent.mayRate"] = typeof data?.["mayRate"] === "boolean" ? data["mayRate"] : undefined;
}
