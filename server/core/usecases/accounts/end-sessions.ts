import type { Uses } from "../../ports.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { Session } from "../../store/accounts/sessions.ts";

/** An account, and those merged into it. */
type Owner = Pick<Actor, "userId" | "ids">;
type Parts = Uses<"store" | "clock" | "loginsEnded">;

/** More devices than anybody has; of somebody who makes logins by the thousand, the last used are shown. */
const MAX_LISTED = 100;

/** Logins of a user that go on: the one that asks, then the last used first. */
export async function listSessions(
  { store, clock }: Parts,
  { ids }: Owner,
  current: string | null,
): Promise<Session[]> {
  const now = clock.now();
  const going = (await store.sessions.of(ids)).filter(({ expiresAt }) => expiresAt > now);
  return going.toSorted((a, b) => Number(b.id === current) - Number(a.id === current)).slice(0, MAX_LISTED);
}

/**
 * Ends those logins of a user that `which` names, at once: they are not refreshed any more, their access tokens are
 * refused from the next call on, their live connections are closed. Returns how many there were.
 */
export async function endSessions(
  { store, clock, loginsEnded }: Parts,
  { userId, ids }: Owner,
  which: (session: Session) => boolean,
): Promise<number> {
  const ending = (await store.sessions.of(ids)).filter(which);
  if (!ending.length) return 0;
  // First the mark that makes tokens be looked up: after a crash in between the login is still on the list, and can
  // be ended again.
  await store.users.update(userId, { signedOutAt: clock.now() });
  await store.sessions.end(ending.map(({ id }) => id));
  loginsEnded.emit(userId);
  return ending.length;
}

/** Ends one login of the user. Throws `session.unknown`: there is none, or it is somebody else's. */
export async function endSession(deps: Parts, owner: Owner, id: string): Promise<void> {
  if (!(await endSessions(deps, owner, (session) => session.id === id))) refuse("session.unknown");
}
