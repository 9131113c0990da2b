import type { Actor } from "../../../kernel/actor.ts";
import { instantOf } from "../../domain/community/calendar.ts";
import { refuse } from "../../../kernel/errors.ts";
import { turns } from "../../domain/roster/roster-duty.ts";
import { presentBackups } from "../../domain/roster/roster-presence.ts";
import type { Uses } from "../../ports.ts";
import { publishedWeeks } from "./published.ts";

const DAY = 86_400_000;
const LOOKBACK_MS = 28 * DAY;
const LOOKAHEAD_MS = 56 * DAY;

/** An event in a cadre's calendar. */
export interface FeedEvent {
  id: string;
  from: Date;
  to: Date;
  kind: "shift" | "on-call";
  name: string;
  communityName: string;
  address: string;
}

/** A new token for the actor's feed. Earlier ones become invalid. */
export async function renewFeed(deps: Uses<"keys" | "store" | "tokens">, actor: Actor): Promise<string> {
  return deps.tokens.issueFeed(
    actor.userId,
    await deps.store.calendarFeeds.renew(actor.userId, deps.keys.current("token").id),
  );
}

/** Makes the actor's feed unavailable. */
export const revokeFeed = async (deps: Uses<"store">, actor: Actor): Promise<void> =>
  deps.store.calendarFeeds.revoke(actor.userId);

/**
 * The events of a cadre's feed: shifts and hours on call of the published roster, four weeks back and eight ahead.
 * Throws `feed.unknown`.
 */
export async function readFeed(
  deps: Uses<"clock" | "store" | "tokens">,
  token: string,
): Promise<{ name: string; events: FeedEvent[] }> {
  const claims = deps.tokens.readFeed(token) ?? refuse("feed.unknown");
  const { userId, generation } = claims;
  const [good, user] = await Promise.all([
    deps.store.calendarFeeds.isGood(userId, generation),
    deps.store.users.find(userId),
  ]);
  if (!good || !user || user.mergedInto) refuse("feed.unknown");
  const held = user.memberships.filter(({ role }) => role === "cadre").flatMap(({ communityIds }) => communityIds);
  // The feed of somebody who has left the post is closed.
  if (!held.length) refuse("feed.unknown");
  const events = await Promise.all([...new Set(held)].map((id) => eventsOf(deps, id, userId)));
  return { name: user.name ?? "", events: events.flat() };
}

async function eventsOf(deps: Uses<"clock" | "store">, communityId: string, cadreId: string): Promise<FeedEvent[]> {
  const at = deps.clock.now().getTime();
  const [community, { weeks, absences }] = await Promise.all([
    deps.store.communities.find(communityId),
    publishedWeeks(deps, communityId, new Date(at - LOOKBACK_MS), new Date(at + LOOKAHEAD_MS)),
  ]);
  const where = { communityName: community?.name ?? "", address: community?.address ?? "" };
  const names = new Map(weeks.flatMap(({ shifts }) => shifts).map(({ id, name }) => [id, name]));
  const shifts = turns(weeks, absences)
    .filter((turn) => turn.cadreId === cadreId)
    .map(({ shiftId, from, to }) => ({
      ...where,
      id: `${communityId}:${shiftId}:${from.toISOString()}`,
      from,
      to,
      kind: "shift" as const,
      name: names.get(shiftId) ?? "",
    }));
  const onCall = weeks.flatMap(({ monday, backups }) =>
    presentBackups(monday, backups, absences)
      .filter((backup) => backup.cadreId === cadreId)
      .map(({ from, to }) => ({
        ...where,
        id: `${communityId}:${monday}:${from}-${to}`,
        from: instantOf(monday, from),
        to: instantOf(monday, to),
        kind: "on-call" as const,
        name: "",
      })),
  );
  return [...shifts, ...onCall];
}
