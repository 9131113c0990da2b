import type { Actor } from "../domain/actor.ts";
import { type User, toActor } from "../domain/user.ts";
import type { Deps } from "../ports.ts";

const HOUR = 3_600_000;

/** What happens at one moment; those of one request in order. */
export interface Happening {
  at: Date;
  of: string;
  run(deps: Deps): Promise<unknown>;
}

/** Those of the demo who take part, in their order. */
export interface People {
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
