import { isOnResidentsSide } from "./proxy-filing.ts";
import type { Service, Urgency } from "../community/community.ts";
import type { Request } from "./request.ts";

const MINUTE = 60_000;
/** An offer that is not taken goes on after so many minutes. */
const OFFER_MINUTES: Readonly<Record<Urgency, number>> = { normal: 5, urgent: 2 };

/** A cadre on duty, and what speaks for or against asking them. */
export interface Candidate {
  id: string;
  /** The cadre's own accounts: nobody is offered one's own request. */
  ids: readonly string[];
  name: string;
  positions: readonly string[];
  until: Date;
  /** Requests held, and offers that are not answered. */
  open: number;
  idleSince: Date;
}

/** Why it is this cadre: they cover the position, are alone on duty (全岗通), or nobody on duty covers it. */
export type ChoiceReason = "covers" | "alone" | "nobody-covers";

export interface Choice {
  candidate: Candidate;
  why: ChoiceReason;
  covers: readonly string[];
}

const covered = ({ positions }: Candidate, service: Pick<Service, "positions">): string[] =>
  service.positions.filter((position) => positions.includes(position));

/** After a round in which nobody took it, all are asked again so much later, ms. */
const ROUND_REST_MS = 10 * MINUTE;
/**
 * How often in a round whoever is on call is called: of what is urgent twice, since one short call is easily missed.
 */
const BACKUP_CALLS: Readonly<Record<Urgency, number>> = { normal: 1, urgent: 2 };

/** The end of a round at `now`: it is looked at again after a rest, or when somebody comes on duty. */
export const restAfterRound = (now: Date): Pick<Request, "dispatchAt" | "restsUntil"> => {
  const restsUntil = new Date(now.getTime() + ROUND_REST_MS);
  return { dispatchAt: restsUntil, restsUntil };
};

/** Whom the round that runs at `now` has asked: after a rest nobody. */
export const alreadyOffered = (
  { tried, restsUntil }: Pick<Request, "tried" | "restsUntil">,
  now: Date,
): readonly string[] => (restsUntil && restsUntil <= now ? [] : tried);

/** Whether whoever is on call is to be called (again) in this round; of what can wait, only in the first. */
export const mayCallBackup = (
  { urgency, tried, committeeCalled }: Pick<Request, "urgency" | "tried" | "committeeCalled">,
  backupId: string,
): boolean =>
  (urgency === "urgent" || !committeeCalled) && tried.filter((id) => id === backupId).length < BACKUP_CALLS[urgency];

/**
 * Whom to ask next: who covers the position, was not asked before, has the fewest open and is idle longest. Null:
 * nobody is left.
 */
export function chooseCandidate(
  request: Pick<Request, "residentId" | "filedBy" | "tried">,
  service: Pick<Service, "positions">,
  onDuty: readonly Candidate[],
): Choice | null {
  const others = onDuty.filter(({ ids }) => !isOnResidentsSide(ids, request));
  const able = others.filter((candidate) => covered(candidate, service).length > 0);
  const [asked, why]: [readonly Candidate[], ChoiceReason] = able.length
    ? [able, "covers"]
    : [others, onDuty.length === 1 ? "alone" : "nobody-covers"];
  const [candidate] = asked
    .filter(({ id }) => !request.tried.includes(id))
    .toSorted((a, b) => a.open - b.open || a.idleSince.getTime() - b.idleSince.getTime() || (a.id < b.id ? -1 : 1));
  return candidate ? { candidate, why, covers: covered(candidate, service) } : null;
}

/** Until when an offer that is made at `now` stands. `minutes`: the community's own setting for what is not urgent. */
export const offerEnd = (now: Date, urgency: Urgency, minutes: number = OFFER_MINUTES.normal): Date =>
  new Date(now.getTime() + (urgency === "urgent" ? Math.min(minutes, OFFER_MINUTES.urgent) : minutes) * MINUTE);
