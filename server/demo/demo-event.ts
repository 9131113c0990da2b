import { type Actor, system } from "../kernel/actor.ts";
import { type User, isDutyEndUnrecorded, toActor } from "../core/domain/accounts/user.ts";
import { takeUserStep } from "../core/usecases/accounts/take-user-step.ts";
import type { Ports } from "../core/ports.ts";

const HOUR = 3_600_000;

/** An event of the demo's story. Events with the same `of`, such as those of a request, run in order. */
export interface DemoEvent<Deps = Ports> {
  at: Date;
  of: string;
  run(deps: Deps): Promise<unknown>;
}

/** A module's part of the demo's story. */
export interface DemoStory<Deps> {
  /** The events in the days before `now`. */
  events(people: DemoPeople, now: Date): DemoEvent<Deps>[];
  /** Runs automatic steps that were due up to `until`, each at its time. Absent: there are none. */
  runDue?(deps: Deps, until: Date): Promise<void>;
}

/** The people of the demo, in the order of people.ts. */
export interface DemoPeople {
  residents: readonly User[];
  cadres: readonly User[];
  office: readonly User[];
  partners: readonly User[];
}

export const personAt = (list: readonly User[], index: number): User => {
  const found = list[index];
  if (!found) throw new RangeError(`the demo has no person ${index}`);
  return found;
};

/** The user in the role of a resident, whatever posts the user holds. */
export const asResident = (user: User): Actor => ({ ...toActor({ ...user, actingAs: null }) });
/** The user as a cadre on duty at that time. */
export const asCadre = (user: User, at: Date): Actor => ({
  ...toActor(user),
  dutyUntil: new Date(at.getTime() + HOUR),
});

/** Records the ends of past duties, without asking the cadres for hand-over notes now. */
export async function clearPastDuties(deps: Ports, ids: readonly string[], now: Date): Promise<void> {
  for (const { id } of await deps.store.users.findMany(ids)) {
    await takeUserStep(deps, { actor: system, idempotency: null }, id, "auth.session_ended", ({ duty, name }) => {
      if (!duty || !isDutyEndUnrecorded(duty, now)) return null;
      const until = duty.until.toISOString();
      return {
        ...{ type: "duty.ended", communityId: duty.communityId, residentId: null },
        set: { duty: { ...duty, endRecordedAt: now } },
        data: { startedAt: duty.startedAt.toISOString(), cadreName: name, byItself: true, until, owed: [] },
      };
    });
  }
}

/** An event that starts a cadre's next duty after clearing the previous one. */
export const startDutyEvent = (
  { userId }: Actor,
  at: Date,
  of: string,
  run: (deps: Ports) => Promise<unknown>,
): DemoEvent => ({
  ...{ at, of },
  async run(deps) {
    await clearPastDuties(deps, [userId], at);
    return run(deps);
  },
});
