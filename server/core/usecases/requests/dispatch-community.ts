import { system } from "../../../kernel/actor.ts";
import { isCadreOf } from "../../domain/accounts/user.ts";
import { isOnResidentsSide } from "../../domain/requests/proxy-filing.ts";
import {
  type Candidate,
  alreadyOffered,
  chooseCandidate,
  mayCallBackup,
  offerEnd,
  restAfterRound,
} from "../../domain/requests/dispatch.ts";
import { DomainError } from "../../../kernel/errors.ts";
import type { Request } from "../../domain/requests/request.ts";
import { withChanges } from "../../domain/requests/request-change.ts";
import { hasReturnsLeft } from "../../domain/requests/returns.ts";
import type { Uses } from "../../ports.ts";
import { takeStep, termsOf } from "./take-step.ts";
import { backupAt } from "../roster/published.ts";

/** How many requests are handled at a time, in queue order. */
const BATCH = 100;

/**
 * Offers the requests in a community's queue to the cadres on duty, in queue order; ends expired offers; calls the
 * backup, then the committee; and asks all again after a rest. Only the holder of the community's partition calls it,
 * so that the load of cadres is counted correctly. Two simultaneous calls still offer nothing twice, since each offer
 * is a step of the request. Returns how many steps were taken.
 */
export async function dispatchCommunity(
  deps: Uses<"clock" | "holidays" | "keys" | "store" | "wakeRelay" | "wordCheck">,
  communityId: string,
): Promise<number> {
  const now = deps.clock.now();
  const due = await deps.store.requests.toDispatch(communityId, now, BATCH);
  if (!due.length) return 0;
  const candidates = await candidatesOf(deps, communityId, now);
  let taken = 0;
  for (const request of due) {
    try {
      taken += await dispatchOne(deps, request, candidates);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      // Somebody else claimed or offered the request. The load of the cadre with the offer is counted.
      const offer = (await deps.store.requests.load(request.id))?.request.dispatch.offer;
      count(candidates, offer?.cadreId, now);
    }
  }
  return taken;
}

async function dispatchOne(
  deps: Uses<"clock" | "holidays" | "keys" | "store" | "wakeRelay" | "wordCheck">,
  waiting: Request,
  candidates: readonly Candidate[],
): Promise<number> {
  const now = deps.clock.now();
  const command = { actor: system, idempotency: null };
  let request = waiting;
  let steps = 0;
  if (request.dispatch.offer) {
    request = await takeStep(deps, command, request.id, "expire-offer", {});
    steps++;
  }
  const { service, offerMinutes } = await termsOf(deps, request);
  const expiresAt = offerEnd(now, request.urgency, offerMinutes);
  const round = withChanges(request, { dispatch: { offeredTo: alreadyOffered(request.dispatch, now) } });
  const choice = hasReturnsLeft(request) ? chooseCandidate(round, service, candidates) : null;
  if (choice) {
    const { id, name, until, open } = choice.candidate;
    const why = { why: choice.why, covers: choice.covers, until: until.toISOString(), open };
    await takeStep(deps, command, request.id, "offer", { cadreId: id, cadreName: name, kind: "duty", expiresAt, why });
    count(candidates, id, now);
    return steps + 1;
  }
  // A request that is not urgent waits until somebody comes on duty.
  if (!candidates.length && request.urgency === "normal" && hasReturnsLeft(request)) return steps;
  const backup = hasReturnsLeft(request) ? await backupOf(deps, round, now) : null;
  if (backup) {
    await takeStep(deps, command, request.id, "offer", { ...backup, kind: "backup", expiresAt });
    return steps + 1;
  }
  if (request.dispatch.committeeNotified) {
    await deps.store.requests.rest(request, restAfterRound(now));
    return steps;
  }
  await takeStep(deps, command, request.id, "call-committee", {});
  return steps + 1;
}

/**
 * The backup for an offer, unless already called in this round or on the resident's side. `call`: how many times this
 * round calls the backup, this call included.
 */
async function backupOf(deps: Uses<"store">, round: Request, now: Date) {
  const id = await backupAt(deps, round.communityId, now);
  const backup = id && mayCallBackup(round, id) ? await deps.store.users.find(id) : null;
  // A week may still name somebody who has left since.
  const serves = backup && isCadreOf(backup, round.communityId);
  if (!backup?.name || !serves || isOnResidentsSide([backup.id, ...backup.mergedIds], round)) return null;
  const call = round.dispatch.offeredTo.filter((offered) => offered === id).length + 1;
  return { cadreId: backup.id, cadreName: backup.name, why: { why: "backup" as const, call } };
}

function count(candidates: readonly Candidate[], id: string | undefined, now: Date): void {
  const candidate = candidates.find((one) => one.id === id);
  if (!candidate) return;
  candidate.open++;
  candidate.idleSince = now;
}

/** The cadres on duty with their load and idle time. */
async function candidatesOf(deps: Uses<"store">, communityId: string, now: Date): Promise<Candidate[]> {
  const [users, loads] = await Promise.all([
    deps.store.users.onDuty(communityId, now),
    deps.store.requests.loads(communityId),
  ]);
  return users.map((user) => {
    const load = loads.get(user.id);
    const started = user.duty?.startedAt ?? now;
    return {
      id: user.id,
      ids: [user.id, ...user.mergedIds],
      name: user.name ?? "",
      positions: user.memberships.find((m) => m.role === "cadre" && m.communityId === communityId)?.positions ?? [],
      until: user.duty?.until ?? now,
      open: load?.open ?? 0,
      idleSince: load && load.last > started ? load.last : started,
    };
  });
}
