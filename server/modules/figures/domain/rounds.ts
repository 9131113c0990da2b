import { type Day, dayOf } from "../../../core/domain/community/calendar.ts";
import { followerEvents } from "../../../core/domain/requests/follow.ts";
import { isArrival, isEcho } from "../../../core/domain/requests/transfer.ts";
import type { Outcome, Rating } from "../../../core/domain/requests/request.ts";

/**
 * One try at a request: from its submission, or from the rating that asked for rework, to its end. Every resolution is rated, so
 * every figure counts rounds. It holds nothing personal but ids, and is made from the log alone.
 */
export interface Round {
  /** `requestId:number`. */
  id: string;
  requestId: string;
  requestNo: string;
  /** 1 for the first try, 2 for the first rework. */
  number: number;
  communityId: string;
  serviceCode: string;
  building: string;
  /** The other community whose counter accepted it; null: none. */
  acceptedIn: string | null;
  /** Who holds it, or held it at its end; null: nobody has. */
  cadreId: string | null;
  openedAt: Date;
  /** The civil day of `openedAt`: all figures of a period are of the rounds that were opened in it. */
  day: Day;
  /** Deadlines as they stand; null while the clock stands still. */
  respondBy: Date | null;
  resolveBy: Date | null;
  respondedAt: Date | null;
  respondedLate: boolean;
  resolvedAt: Date | null;
  resolvedLate: boolean;
  outcome: Outcome | null;
  scores: Rating["scores"] | null;
  /** When it was rated, the last time. */
  ratedAt: Date | null;
  ended: "certified" | "silent" | "withdrawn" | "rejected" | null;
  /** What it counts towards. */
  counts: Measure[];
}

/** What is counted, of the rounds opened in a period. docs/three-rates.md has the formulas made of these. */
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

/** An event of a request as the log tells it. Dates in `data` are ISO. */
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

/** Steps that reach the resident: each is the response, if there was none before. */
const contacts: readonly string[] = ["request.contacted", "request.asked", "request.resolved"];

/** 满意: a mean of 4 or more and no score of 2 or less, which would call for a callback. */
export const isSatisfied = ({ response, attitude, result }: Rating["scores"]): boolean =>
  response + attitude + result >= 12 && !isPoor({ response, attitude, result });

/** Any score of 2 or less. */
export const isPoor = (scores: Rating["scores"]): boolean => Math.min(...Object.values(scores)) <= 2;

/** What a round counts towards. */
export function measuresOf(round: Omit<Round, "counts">): Measure[] {
  const { respondedAt, resolvedAt, outcome, scores, ended } = round;
  const is: Record<Measure, boolean> = {
    opened: true,
    responded: respondedAt !== null,
    respondedInTime: respondedAt !== null && !round.respondedLate,
    resolved: resolvedAt !== null,
    resolvedInTime: resolvedAt !== null && !round.resolvedLate,
    rated: outcome !== null,
    solved: outcome === "solved",
    partly: outcome === "partly",
    unsolved: outcome === "unsolved",
    satisfied: scores !== null && isSatisfied(scores),
    dissatisfied: scores !== null && !isSatisfied(scores),
    silent: ended === "silent",
    withdrawn: ended === "withdrawn",
    rejected: ended === "rejected",
    acceptedElsewhere: round.number === 1 && round.acceptedIn !== null && round.acceptedIn !== round.communityId,
  };
  return measures.filter((measure) => is[measure]);
}

const dateOf = (value: unknown): Date | null => (typeof value === "string" ? new Date(value) : null);

function opened(
  requestId: string,
  number: number,
  step: LoggedStep,
  { building, acceptedIn }: Pick<Round, "building" | "acceptedIn">,
): Omit<Round, "counts"> {
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

/** A round after one more step of its request. Deadlines are those before the step, for what the step itself reaches. */
function after(round: Omit<Round, "counts">, step: LoggedStep): Omit<Round, "counts"> {
  const { at, type, data } = step;
  const next = { ...round, communityId: step.communityId, cadreId: step.handlerId };
  if (contacts.includes(type) && !round.respondedAt) {
    next.respondedAt = at;
    next.respondedLate = isPast(round.respondBy, at);
  }
  if (type === "request.resolved") {
    next.resolvedAt = at;
    next.resolvedLate = isPast(round.resolveBy, at);
  }
  if (type === "request.rated") {
    next.cadreId = round.cadreId;
    next.outcome = data["outcome"] as Outcome;
    next.scores = data["scores"] as Rating["scores"];
    next.ratedAt = at;
    next.ended = "certified";
  }
  if (type === "request.closed_unrated") next.ended = "silent";
  if (type === "request.withdrawn") next.ended = "withdrawn";
  if (type === "request.rejected") next.ended = "rejected";
  if (type === "request.withdrawn" || type === "request.rejected") next.cadreId = round.cadreId;
  return next;
}

/**
 * The rounds of one request from its steps, in order of version, as far as they go on without a gap. Steps of other documents
 * (messages, notes) are not among them.
 */
export function roundsOf(requestId: string, steps: readonly LoggedStep[]): { version: number; rounds: Round[] } {
  const rounds: Omit<Round, "counts">[] = [];
  let version = 0;
  for (const step of steps) {
    if (step.version !== version + 1) break;
    version = step.version;
    if (followerEvents.includes(step.type) || (isEcho(step.type) && !isArrival(step.type))) continue;
    const last = rounds.pop();
    if (!last) {
      const { building, acceptedIn } = step.data;
      rounds.push(opened(requestId, 1, step, { building: textOf(building), acceptedIn: textOf(acceptedIn) || null }));
    } else {
      const next = after(last, step);
      rounds.push(next);
      const reopened = step.type === "request.rated" && next.outcome === "unsolved";
      if (reopened) rounds.push(opened(requestId, next.number + 1, step, next));
    }
    const current = rounds.at(-1);
    if (current) {
      current.respondBy = dateOf(step.data["respondBy"]);
      current.resolveBy = dateOf(step.data["resolveBy"]);
    }
  }
  return { version, rounds: rounds.map((round) => ({ ...round, counts: measuresOf(round) })) };
}
