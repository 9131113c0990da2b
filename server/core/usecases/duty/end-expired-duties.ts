import type { Uses } from "../../ports.ts";
import { system } from "../../../kernel/actor.ts";
import { DomainError } from "../../../kernel/errors.ts";
import { handoverNotesDueAt } from "../../domain/duty/handover.ts";
import { type User, isDutyEndUnrecorded } from "../../domain/accounts/user.ts";
import { type UserStep, takeUserStep } from "../accounts/take-user-step.ts";
import { owedNotes } from "./owed-notes.ts";
import { returnUnstarted } from "./return-unstarted.ts";

/**
 * What the end of a duty leaves to do: a duty that ended by itself gets its event, which asks the cadre for the notes
 * that are owed; an hour after the end the committee is told of those still owed. Each is a step of the cadre whom it
 * concerns, decided by what stands there: late, doubled or broken off it happens once. Returns how many.
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
 * Before another duty begins: one that is over and that no job has seen yet gets its end, as {@link endExpiredDuties}
 * gives it, and what was not begun in it goes back. The next would take its place, and nobody would ever be told.
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
    // The account is gone, or others are at it: what is left is for the next call.
    if (error instanceof DomainError) return 0;
    throw error;
  }
}

/** The duty is over and its end is not recorded yet. */
async function ended(deps: Uses<"store">, cadre: User, now: Date): Promise<UserStep | null> {
  const { duty } = cadre;
  if (!duty || !isDutyEndUnrecorded(duty, now)) return null;
  const owed = (await owedNotes(deps, cadre)).map(({ no }) => no);
  return {
    type: "duty.ended",
    communityId: duty.communityId,
    residentId: null,
    cadreIds: owed.length > 0 ? [cadre.id] : [],
    set: { duty: { ...duty, ended: true, ...(owed.length > 0 ? { notesDue: handoverNotesDueAt(duty.until) } : {}) } },
    data: told(cadre, duty, owed, { byItself: true, until: duty.until.toISOString() }),
  };
}

/** The hour is over: the notes are written, or the committee hears that they are not. */
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
