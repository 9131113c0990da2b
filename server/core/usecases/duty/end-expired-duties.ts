import type { Uses } from "../../ports.ts";
import { system } from "../../../kernel/actor.ts";
import { DomainError } from "../../../kernel/errors.ts";
import { handoverNotesDueAt } from "../../domain/duty/handover.ts";
import { type User, isDutyEndUnrecorded } from "../../domain/accounts/user.ts";
import { type UserStep, takeUserStep } from "../accounts/take-user-step.ts";
import { owedNotes } from "./owed-notes.ts";
import { returnUnstarted } from "./return-unstarted.ts";

/**
 * Completes ended duties: a duty that ended by time gets its event, which asks the cadre for owed notes; an hour after
 * the end the committee is told of missing notes. Each is a step of the cadre's user that is decided by the stored
 * duty, so it happens once, even if it is late, doubled or interrupted. Returns how many steps were taken.
 */
export async function endExpiredDuties(
  deps: Uses<"clock" | "store" | "wakeRelay">,
  communityId: string,
): Promise<number> {
  const now = deps.clock.now();
  let settled = 0;
  for (const { id } of await deps.store.users.dutiesOver(communityId, now)) settled += await settle(deps, id, ended);
  for (const { id } of await deps.store.users.notesDue(communityId, now)) settled += await settle(deps, id, reminded);
  return settled;
}

/**
 * Completes a cadre's previous duty before the next one begins, when no job has done so yet: its end is recorded as in
 * {@link endExpiredDuties}, and its unstarted requests return to the queue. The next duty would otherwise overwrite it.
 */
export async function endExpiredDuty(
  deps: Uses<"clock" | "holidays" | "keys" | "store" | "wakeRelay" | "wordCheck">,
  cadreId: string,
): Promise<void> {
  const duty = (await deps.store.users.find(cadreId))?.duty;
  if (!isDutyEndUnrecorded(duty ?? null, deps.clock.now()) || !duty) return;
  await returnUnstarted(deps, duty.communityId, cadreId);
  await settle(deps, cadreId, ended);
}

type Settle = (deps: Uses<"store">, cadre: User, now: Date) => Promise<UserStep | null>;

async function settle(deps: Uses<"clock" | "store" | "wakeRelay">, cadreId: string, step: Settle): Promise<number> {
  const command = { actor: system, idempotency: null };
  try {
    const before = await deps.store.users.find(cadreId);
    const after = await takeUserStep(deps, command, cadreId, "auth.session_ended", (user, now) =>
      step(deps, user, now),
    );
    return after.version === before?.version ? 0 : 1;
  } catch (error) {
    // The account does not exist any more, or others change it. The next call tries again.
    if (error instanceof DomainError) return 0;
    throw error;
  }
}

/** The step for a duty that is over and whose end is not recorded yet. */
async function ended(deps: Uses<"store">, cadre: User, now: Date): Promise<UserStep | null> {
  const { duty } = cadre;
  if (!duty || !isDutyEndUnrecorded(duty, now)) return null;
  const owed = (await owedNotes(deps, cadre)).map(({ no }) => no);
  return {
    type: "duty.ended",
    communityId: duty.communityId,
    residentId: null,
    cadreIds: owed.length > 0 ? [cadre.id] : [],
    set: {
      duty: { ...duty, endRecordedAt: now, ...(owed.length > 0 ? { notesDue: handoverNotesDueAt(duty.until) } : {}) },
    },
    data: told(cadre, duty, owed, { byItself: true, until: duty.until.toISOString() }),
  };
}

/** The step an hour after a duty: the notes are written, or the committee is told that they are missing. */
async function reminded(deps: Uses<"store">, cadre: User, now: Date): Promise<UserStep | null> {
  const { duty } = cadre;
  if (!duty?.notesDue || duty.notesDue > now) return null;
  const { notesDue: _due, ...rest } = duty;
  const owed = (await owedNotes(deps, cadre)).map(({ no }) => no);
  return {
    type: owed.length > 0 ? "duty.notes_missing" : "duty.notes_written",
    communityId: duty.communityId,
    residentId: null,
    cadreIds: owed.length > 0 ? [cadre.id] : [],
    set: { duty: rest },
    data: told(cadre, duty, owed),
  };
}

const told = (cadre: User, duty: NonNullable<User["duty"]>, owed: readonly string[], more: object = {}) => ({
  cadreName: cadre.name,
  startedAt: duty.startedAt.toISOString(),
  ...more,
  ...(owed.length > 0 ? { owed } : {}),
});
