import type { Actor } from "../kernel/actor.ts";
import { type User, toActor } from "../core/domain/accounts/user.ts";
import type { Deps } from "../deps.ts";

const HOUR = 3_600_000;

/** What happens at one moment; those of one request in order. */
export interface DemoEvent {
  at: Date;
  of: string;
  run(deps: Deps): Promise<unknown>;
}

/** Those of the demo who take part, in their order. */
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

/** As residents, whatever post they hold. */
export const asResident = (user: User): Actor => ({ ...toActor({ ...user, actingAs: null }) });
/** On duty while it happens. */
export const asCadre = (user: User, at: Date): Actor => ({
  ...toActor(user),
  dutyUntil: new Date(at.getTime() + HOUR),
});

/** Duties of days ago ended without a word: nobody is asked for their notes now. */
export async function clearPastDuties(deps: Deps, ids: readonly string[], now: Date): Promise<void> {
  for (const { duty, id } of await deps.store.users.findMany(ids)) {
    if (duty && duty.until <= now) await deps.store.users.update(id, { duty: { ...duty, ended: true } });
  }
}

/** A cadre's next duty begins; the last is forgotten. */
export const startDutyEvent = (
  { userId }: Actor,
  at: Date,
  of: string,
  run: (deps: Deps) => Promise<unknown>,
): DemoEvent => ({
  ...{ at, of },
  async run(deps) {
    await clearPastDuties(deps, [userId], at);
    return run(deps);
  },
});
