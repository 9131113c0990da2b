import type { Uses } from "../../ports.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { Session } from "../../store/accounts/sessions.ts";

/** A user's id and the ids of the accounts merged into it. */
type Owner = Pick<Actor, "userId" | "ids">;
type Parts = Uses<"store" | "clock" | "loginsEnded">;

/** The most logins that are listed, the last used first. Nobody has so many devices. */
const MAX_LISTED = 100;

/** The active logins of a user: the current one, then the last used first. */
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
 * Ends the logins of a user that `which` selects, on all servers: refreshes and access tokens are refused from the next
 * call on, and live connections are closed. Returns how many were ended.
 */
export async function endSessions(
  { store, clock, loginsEnded }: Parts,
  { userId, ids }: Owner,
  which: (session: Session) => boolean,
): Promise<number> {
  const ending = (await store.sessions.of(ids)).filter(which);
  if (!ending.length) return 0;
  // The mark that makes servers look up tokens is set first. After a crash in between the login is still listed and can
  // be ended again.
  await store.users.update(userId, { signedOutAt: clock.now() });
  await store.sessions.end(ending.map(({ id }) => id));
  loginsEnded.emit(userId);
  return ending.length;
}

/** Ends one login of the user. Throws `session.unknown` when there is none, or it is another user's. */
export async function endSession(deps: Parts, owner: Owner, id: string): Promise<void> {
  if (!(await endSessions(deps, owner, (session) => session.id === id))) refuse("session.unknown");
}
