import { type Day, dayOf } from "../../../core/domain/community/calendar.ts";
import { followerEvents } from "../../../core/domain/requests/follow.ts";
import { isTransferArrival, isMirrorEvent } from "../../../core/domain/requests/transfer.ts";
import type { Outcome, Rating } from "../../../core/domain/requests/request-outcome.ts";

/**
 * A handling cycle of a request: from its submission, or from a rating that led to rework, to its end. Every resolution
 * can be rated, so figures count handling cycles. It is computed from the log alone, and its only personal data are
 * ids.
 */
export interface HandlingCycle {
  /** `requestId:number`. */
  id: string;
  requestId: string;
  requestNo: string;
  /** 1 for the first try, 2 for the first rework. */
  number: number;
  communityId: string;
  serviceCode: string;
  building: string;
  /** The community whose counter accepted the request for this one; null: none. */
  acceptedIn: string | null;
  /** The current handler, or the one at the end; null: none. */
  cadreId: string | null;
  openedAt: Date;
  /** The civil day of `openedAt`. A period's figures count the cycles that were opened in it. */
  day: Day;
  /** The current deadlines; null while the clocks stand still. */
  respondBy: Date | null;
  resolveBy: Date | null;
  respondedAt: Date | null;
  respondedLate: boolean;
  resolvedAt: Date | null;
  resolvedLate: boolean;
  outcome: Outcome | null;
  scores: Rating["scores"] | null;
  /** When it was last rated. */
  ratedAt: Date | null;
  ended: "certified" | "silent" | "withdrawn" | "rejected" | null;
  /** The measures that it counts towards. */
  counts: Measure[];
}

/** The measures counted over the handling cycles opened in a period. docs/three-rates.md has the formulas. */
export const measures = [
  "opened",
  "responded",
  "respondedInTime",
  "resolved",
  "resolvedInTime",
  "rated",
  "solved",
  "partly",
  "unsolved",
  "satisfied",
  "dissatisfied",
  "silent",
  "withdrawn",
  "rejected",
  "acceptedElsewhere",
] as const;
export type Measure = (typeof measures)[number];

/** An event of a request as logged. Dates in `data` are ISO strings. */
export interface LoggedStep {
  version: number;
  type: string;
  at: Date;
  communityId: string;
  serviceCode: string;
  requestNo: string;
  handlerId: string | null;
  data: Readonly<Record<string, unknown>>;
}

/** Steps that reach the resident. The first of them is the response. */
const contacts: readonly string[] = ["request.contacted", "request.asked", "request.resolved"];

/** 满意: a mean of at least 4 and no score of 2 or less. docs/three-rates.md has the definition. */
export const isSatisfied = ({ response, attitude, result }: Rating["scores"]): boolean =>
  response + attitude + result >= 12 && !hasPoorScore({ response, attitude, result });

/** Any score of 2 or less. */
export const hasPoorScore = (scores: Rating["scores"]): boolean => Math.min(...Object.values(scores)) <= 2;

/** The measures that a handling cycle counts towards. */
export function measuresOf(cycle: Omit<HandlingCycle, "counts">): Measure[] {
  const { respondedAt, resolvedAt, outcome, scores, ended } = cycle;
  const is: Record<Measure, boolean> = {
    opened: true,
    responded: respondedAt !== null,
    respondedInTime: respondedAt !== null && !cycle.respondedLate,
    resolved: resolvedAt !== null,
    resolvedInTime: resolvedAt !== null && !cycle.resolvedLate,
    rated: outcome !== null,
    solved: outcome === "solved",
    partly: outcome === "partly",
    unsolved: outcome === "unsolved",
    satisfied: scores !== null && isSatisfied(scores),
    dissatisfied: scores !== null && !isSatisfied(scores),
    silent: ended === "silent",
    withdrawn: ended === "withdrawn",
    rejected: ended === "rejected",
    acceptedElsewhere: cycle.number === 1 && cycle.acceptedIn !== null && cycle.acceptedIn !== cycle.communityId,
  };
  return measures.filter((measure) => is[measure]);
}

const dateOf = (value: unknown): Date | null => (typeof value === "string" ? new Date(value) : null);

function opened(
  requestId: string,
  number: number,
  step: LoggedStep,
  { building, acceptedIn }: Pick<HandlingCycle, "building" | "acceptedIn">,
): Omit<HandlingCycle, "counts"> {
  return {
    id: `${requestId}:${number}`,
    requestId,
    requestNo: step.requestNo,
    number,
    communityId: step.communityId,
    serviceCode: step.serviceCode,
    building,
    acceptedIn,
    cadreId: null,
    openedAt: step.at,
    day: dayOf(step.at),
    respondBy: null,
    resolveBy: null,
    respondedAt: null,
    respondedLate: false,
    resolvedAt: null,
    resolvedLate: false,
    outcome: null,
    scores: null,
    ratedAt: null,
    ended: null,
  };
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

const isPast = (deadline: Date | null, at: Date): boolean => deadline !== null && deadline < at;

/** A handling cycle after one more step of its request. The step is compared with the deadlines before it. */
function after(cycle: Omit<HandlingCycle, "counts">, step: LoggedStep): Omit<HandlingCycle, "counts"> {
  const { at, type, data } = step;
  const next = { ...cycle, communityId: step.communityId, cadreId: step.handlerId };
  if (contacts.includes(type) && !cycle.respondedAt) {
    next.respondedAt = at;
    next.respondedLate = isPast(cycle.respondBy, at);
  }
  if (type === "request.resolved") {
    next.resolvedAt = at;
    next.resolvedLate = isPast(cycle.resolveBy, at);
  }
  if (type === "request.rated") {
    next.cadreId = cycle.cadreId;
    next.outcome = data["outcome"] as Outcome;
    next.scores = data["scores"] as Rating["scores"];
    next.ratedAt = at;
    next.ended = "certified";
  }
  if (type === "request.closed_unrated") next.ended = "silent";
  if (type === "request.withdrawn") next.ended = "withdrawn";
  if (type === "request.rejected") next.ended = "rejected";
  if (type === "request.withdrawn" || type === "request.rejected") next.cadreId = cycle.cadreId;
  return next;
}

/**
 * The handling cycles of one request from its steps, in order of version, up to the first gap. `steps` must not include
 * those of other documents, such as messages and notes. Returns the last version used.
 */
export function handlingCyclesOf(
  requestId: string,
  steps: readonly LoggedStep[],
): { version: number; cycles: HandlingCycle[] } {
  const cycles: Omit<HandlingCycle, "counts">[] = [];
  let version = 0;
  for (const step of steps) {
    if (step.version !== version + 1) break;
    version = step.version;
    if (followerEvents.includes(step.type) || (isMirrorEvent(step.type) && !isTransferArrival(step.type))) continue;
    const last = cycles.pop();
    if (!last) {
      const { building, acceptedIn } = step.data;
      cycles.push(opened(requestId, 1, step, { building: textOf(building), acceptedIn: textOf(acceptedIn) || null }));
    } else {
      const next = after(last, step);
      cycles.push(next);
      const reopened = step.type === "request.rated" && next.outcome === "unsolved";
      if (reopened) cycles.push(opened(requestId, next.number + 1, step, next));
    }
    const current = cycles.at(-1);
    if (current) {
      current.respondBy = dateOf(step.data["respondBy"]);
      current.resolveBy = dateOf(step.data["resolveBy"]);
    }
  }
  return { version, cycles: cycles.map((cycle) => ({ ...cycle, counts: measuresOf(cycle) })) };
}
