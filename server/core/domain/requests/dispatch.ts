import { isOnResidentsSide } from "./proxy-filing.ts";
import type { Service, Urgency } from "../community/community.ts";
import type { Request } from "./request.ts";
import type { RequestDispatch } from "./request-dispatch.ts";
import type { RequestParty } from "./request-party.ts";

const MINUTE = 60_000;
/** How long an offer stands before the next cadre is asked, in minutes. */
const OFFER_MINUTES: Readonly<Record<Urgency, number>> = { normal: 5, urgent: 2 };

/** A cadre on duty, with the data by which a candidate is chosen. */
export interface Candidate {
  id: string;
  /** The ids of all the cadre's accounts. Nobody is offered their own request. */
  ids: readonly string[];
  name: string;
  positions: readonly string[];
  until: Date;
  /** How many requests the cadre holds, plus unanswered offers. */
  open: number;
  idleSince: Date;
}

/**
 * Why this cadre was chosen: the cadre covers the position, is alone on duty (全岗通), or nobody on duty covers
 * it.
 */
export type ChoiceReason = "covers" | "alone" | "nobody-covers";

/** The chosen cadre, and why. `covers`: the service's positions that the cadre covers. */
export interface Choice {
  candidate: Candidate;
  why: ChoiceReason;
  covers: readonly string[];
}

const covered = ({ positions }: Candidate, service: Pick<Service, "positions">): string[] =>
  service.positions.filter((position) => positions.includes(position));

/** How long after a round in which nobody took the request all cadres are asked again, in ms. */
const ROUND_REST_MS = 10 * MINUTE;
/** How often in a round the backup is called: twice for an urgent request, since one short call is easily missed. */
const BACKUP_CALLS: Readonly<Record<Urgency, number>> = { normal: 1, urgent: 2 };

/**
 * The end of a round at `now`. The dispatcher looks at the request again after a rest, or when somebody comes on duty.
 */
export const restAfterRound = (now: Date): Pick<RequestDispatch, "dueAt" | "nextOfferRoundAt"> => {
  const nextOfferRoundAt = new Date(now.getTime() + ROUND_REST_MS);
  return { dueAt: nextOfferRoundAt, nextOfferRoundAt };
};

/** The cadres whom the current round has asked; none after the rest. */
export const alreadyOffered = (
  { offeredTo, nextOfferRoundAt }: Pick<RequestDispatch, "offeredTo" | "nextOfferRoundAt">,
  now: Date,
): readonly string[] => (nextOfferRoundAt && nextOfferRoundAt <= now ? [] : offeredTo);

/**
 * Whether the backup may be called (again) in this round. For a request that is not urgent, only in the first round.
 */
export const mayCallBackup = (
  {
    urgency,
    dispatch: { offeredTo, committeeNotified },
  }: Pick<Request, "urgency"> & { dispatch: Pick<RequestDispatch, "offeredTo" | "committeeNotified"> },
  backupId: string,
): boolean =>
  (urgency === "urgent" || !committeeNotified) &&
  offeredTo.filter((id) => id === backupId).length < BACKUP_CALLS[urgency];

/**
 * The cadre to ask next. A cadre who covers the position comes before others; among them the one who was not asked, has
 * the fewest open requests and is idle longest. Null when nobody is left.
 */
export function chooseCandidate(
  request: Pick<Request, "residentId"> & {
    party: Pick<RequestParty, "filedBy">;
    dispatch: Pick<RequestDispatch, "offeredTo">;
  },
  service: Pick<Service, "positions">,
  onDuty: readonly Candidate[],
): Choice | null {
  const others = onDuty.filter(({ ids }) => !isOnResidentsSide(ids, request));
  const able = others.filter((candidate) => covered(candidate, service).length > 0);
  const [asked, why]: [readonly Candidate[], ChoiceReason] = able.length
    ? [able, "covers"]
    : [others, onDuty.length === 1 ? "alone" : "nobody-covers"];
  const [candidate] = asked
    .filter(({ id }) => !request.dispatch.offeredTo.includes(id))
    .toSorted((a, b) => a.open - b.open || a.idleSince.getTime() - b.idleSince.getTime() || (a.id < b.id ? -1 : 1));
  return candidate ? { candidate, why, covers: covered(candidate, service) } : null;
}

/** When an offer made at `now` expires. `minutes` is the community's setting; urgent requests have a lower maximum. */
export const offerEnd = (now: Date, urgency: Urgency, minutes: number = OFFER_MINUTES.normal): Date =>
  new Date(now.getTime() + (urgency === "urgent" ? Math.min(minutes, OFFER_MINUTES.urgent) : minutes) * MINUTE);
