import { setTimeout as wait } from "node:timers/promises";
import { INSTALLATION } from "../../server/core/domain/audit/audit.ts";
import { replayDeadlines } from "../../server/core/domain/requests/replay.ts";
import { createFileAnchors } from "../../server/log/anchors.ts";
import { ownSteps, versionOf } from "../../server/log/own-steps.ts";
import { noticesConsumer } from "../../server/core/consumers/notices.ts";
import { verifyLog } from "../../server/log/verify-log.ts";
import type { Delivery } from "../../server/core/store/notify/deliveries.ts";
import type { StoredNotice } from "../../server/core/store/notify/notices.ts";
import type { LogRow } from "../../server/log/store/log.ts";
import { officeHoursOf } from "../../server/core/usecases/community/office-hours.ts";
import type { Wanted } from "./load.ts";
import type { ChaosWorld } from "./world.ts";

const CONSUMERS = ["co-tasks", "notices", "deliveries", "figures", "erasure"];
/** After the last fault everything must be in its place within this, ms: leases and locks of the dead run out in it. */
const SETTLED_WITHIN_MS = 60_000;
/** The ladder is climbed every ten seconds. */
const LADDER_MS = 12_000;

async function unsettled({ deps }: ChaosWorld, now: Date): Promise<string | null> {
  const { store } = deps;
  const outbox = await store.outbox.waiting();
  if (outbox.documents) return `${outbox.documents} documents have events that are in no log`;
  for (const communityId of [...(await store.communities.ids()), INSTALLATION]) {
    const end = (await store.log.tail(communityId))?.pos ?? 0;
    for (const consumer of CONSUMERS) {
      const offset = (await store.lanes.offsetsOf(consumer)).get(communityId) ?? 0;
      if (offset < end) return `${consumer} is at ${offset} of ${end} in ${communityId}`;
    }
  }
  const due = await store.requests.due(new Date(now.getTime() - LADDER_MS), 1);
  return due.length ? "the ladder has something to do that was due long ago" : null;
}

/** Waits until everything that follows from the steps has followed; what did not, is said. */
export async function settle(world: ChaosWorld): Promise<string | null> {
  const until = performance.now() + SETTLED_WITHIN_MS;
  for (;;) {
    const left = await unsettled(world, world.now()).catch((error: unknown) => String(error));
    if (left === null || performance.now() > until) return left;
    await wait(200);
  }
}

const count = <T>(list: readonly T[], key: (one: T) => string): Map<string, number> =>
  new Map([...Map.groupBy(list, key)].map(([name, all]) => [name, all.length]));

/** Everything that must hold after the faults, whatever they were; what does not, in words. */
export async function check(world: ChaosWorld, wanted: readonly Wanted[]): Promise<string[]> {
  const { store, keys } = world.deps;
  const arrived = world.wechat.delivered.slice();
  const rows = await logOf(world);
  const report = await verifyLog(store, keys, createFileAnchors(world.anchorsFile));
  return [
    ...report.faults.map(({ where, what }) => `log: ${where}: ${what}`),
    ...lostOrDoubled(rows, wanted),
    ...inTwoHands(rows, wanted),
    ...(await noticesWrong(world, rows)),
    ...(await messagesWrong(world, arrived)),
    ...(await clocksWrong(world, rows)),
  ];
}

const logOf = ({ deps }: ChaosWorld): Promise<LogRow[]> => deps.store.log.after("east", 0, 1_000_000);

/** An acknowledged step is one row; one without an answer is one at most; a refused one is none. */
function lostOrDoubled(rows: readonly LogRow[], wanted: readonly Wanted[]): string[] {
  const keyOf = (one: { type: string; requestId: string | null }, userId: string): string =>
    `${one.type} of ${one.requestId} by ${userId}`;
  const there = count(rows, (row) => keyOf(row, row.actorId));
  const known = wanted.filter(({ requestId }) => requestId);
  const faults: string[] = [];
  for (const [key, asked] of Map.groupBy(known, (one) => keyOf(one, one.userId))) {
    const least = asked.filter(({ outcome }) => outcome === "acknowledged").length;
    const most = least + asked.filter(({ outcome }) => outcome === "unknown").length;
    const found = there.get(key) ?? 0;
    if (found < least) faults.push(`lost: ${key}: ${found} rows, ${least} acknowledged`);
    if (found > most) faults.push(`doubled: ${key}: ${found} rows, ${most} wanted`);
  }
  return faults;
}

/** Two cadres were told that it is theirs, or a claim took it out of somebody's hands. */
function inTwoHands(rows: readonly LogRow[], wanted: readonly Wanted[]): string[] {
  const faults: string[] = [];
  const won = wanted.filter(({ type, outcome }) => type === "request.claimed" && outcome === "acknowledged");
  for (const [id, claims] of Map.groupBy(won, ({ requestId }) => requestId))
    if (new Set(claims.map(({ userId }) => userId)).size > 1) faults.push(`two cadres were given ${id}`);
  for (const [id, steps] of Map.groupBy(rows, ({ requestId }) => requestId)) {
    const own = steps.filter(({ _id }) => _id.startsWith(`${id}:`));
    const sorted = own.toSorted((a, b) => versionOf(a) - versionOf(b));
    let holder: string | null = null;
    for (const row of sorted) {
      if (row.type === "request.claimed" && holder) faults.push(`${id} was claimed while ${holder} held it`);
      holder = row.handlerId;
    }
  }
  return faults;
}

/**
 * The inbox is what the log makes of it: nothing is missing, nothing is there that was not to be told. Servers go on meanwhile (offers
 * run out, reminders fall due), so what was due before must be there, and what is there must be due after.
 */
async function noticesWrong(world: ChaosWorld, before: readonly LogRow[]): Promise<string[]> {
  const notices = await world.documents<StoredNotice>("notices");
  const there = new Set(notices.map(({ _id }) => _id));
  const due = await dueNotices(world, before);
  const later = await dueNotices(world, await logOf(world));
  return [
    ...[...due].filter((id) => !there.has(id)).map((id) => `notice ${id} is missing`),
    ...notices
      .filter(({ _id }) => !later.has(_id))
      .map(({ _id, type, at, pos }) => `notice ${_id} is of no event: ${type} at ${at.toISOString()}, position ${pos}`),
  ];
}

/** The ids of the notices that these rows make. */
async function dueNotices({ deps }: ChaosWorld, rows: readonly LogRow[]): Promise<Set<string>> {
  const due = new Set<string>();
  const collecting = {
    ...deps.store,
    notices: {
      ...deps.store.notices,
      add: async (notices: readonly { _id: string }[]) => notices.forEach(({ _id }) => due.add(_id)),
    },
  };
  await noticesConsumer(collecting).consume(rows);
  return due;
}

/** WeChat got each message once at most, and only such as we know of. */
async function messagesWrong(
  { documents, wechat }: ChaosWorld,
  before: ChaosWorld["wechat"]["delivered"],
): Promise<string[]> {
  const arrived = count(wechat.delivered, ({ openid, templateId, page, data }) =>
    JSON.stringify([openid, templateId, page, data]),
  );
  const twice = [...arrived].filter(([, times]) => times > 1).map(([message]) => `WeChat got twice: ${message}`);
  const states = count(
    (await documents<Delivery>("deliveries")).filter(({ channel }) => channel === "wechat"),
    ({ state }) => state,
  );
  const sent = states.get("sent") ?? 0;
  const most = sent + (states.get("unknown") ?? 0) + (states.get("reserved") ?? 0);
  const [least, total] = [before.length, wechat.delivered.length];
  if (total < sent) twice.push(`${sent} messages count as sent, and WeChat got ${total}`);
  if (least > most) twice.push(`WeChat got ${least} messages, of which ${most} may have been sent`);
  return twice;
}

/** The deadlines that stand in a request are those that its events give. */
async function clocksWrong({ deps }: ChaosWorld, rows: readonly LogRow[]): Promise<string[]> {
  const east = (await deps.store.communities.list()).find(({ id }) => id === "east");
  if (!east) return ["the community is gone"];
  const office = await officeHoursOf(deps, east);
  const faults: string[] = [];
  const told = Map.groupBy(
    rows.filter(({ requestId, type }) => requestId && !/message|noted/.test(type)),
    ({ requestId }) => requestId ?? "",
  );
  for (const [id, ofRequest] of told) {
    const loaded = await deps.store.requests.load(id);
    const service = east.services.find(({ serviceCode }) => serviceCode === loaded?.request.serviceCode);
    if (!loaded || !service) {
      faults.push(`request ${id} is in the log and nowhere else`);
      continue;
    }
    const { respondBy, resolveBy } = loaded.request;
    const replayed = replayDeadlines(ownSteps(ofRequest), () => ({ service, office }));
    const same =
      replayed?.respondBy?.getTime() === respondBy?.getTime() &&
      replayed?.resolveBy?.getTime() === resolveBy?.getTime();
    if (!same) faults.push(`the clocks of ${loaded.request.no} are not those of its log`);
  }
  // The time of the steps is the world's, whatever clock the machine had.
  const late = rows.filter(({ at }) => at.getTime() > deps.clock.now().getTime() + 60_000);
  if (late.length) faults.push(`${late.length} rows are of the future`);
  return faults;
}
