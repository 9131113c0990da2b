import { setTimeout as wait } from "node:timers/promises";
import { INSTALLATION } from "../../server/core/domain/audit/audit.ts";
import { replayDeadlines } from "../../server/core/domain/requests/replay.ts";
import { createFileAnchors } from "../../server/log/anchors.ts";
import { ownSteps, eventVersionOf } from "../../server/log/own-steps.ts";
import { noticesConsumer } from "../../server/core/consumers/notices.ts";
import { verifyLog } from "../../server/log/verify-log.ts";
import type { Delivery } from "../../server/core/store/notify/deliveries.ts";
import type { StoredNotice } from "../../server/core/store/notify/notices.ts";
import type { LogRow } from "../../server/log/store/log-row.ts";
import { officeHoursOf } from "../../server/core/usecases/community/office-hours.ts";
import type { Wanted } from "./load.ts";
import type { ChaosWorld } from "./world.ts";

const CONSUMERS = ["co-tasks", "notices", "deliveries", "figures", "erasure"];
/**
 * The longest time after the last fault until everything is settled, ms. Leases and locks of dead processes expire in
 * it.
 */
const SETTLED_WITHIN_MS = 60_000;
/** The interval of the job of escalations is ten seconds, ms. */
const ESCALATION_WAIT_MS = 12_000;

async function unsettled({ deps }: ChaosWorld, now: Date): Promise<string | null> {
  const { store } = deps;
  const outbox = await store.outbox.waiting();
  if (outbox.documents) return `${outbox.documents} documents have events that are in no log`;
  for (const communityId of [...(await store.communities.ids()), INSTALLATION]) {
    const end = (await store.log.tail(communityId))?.pos ?? 0;
    for (const consumer of CONSUMERS) {
      const offset = (await store.partitions.offsetsOf(consumer)).get(communityId) ?? 0;
      if (offset < end) return `${consumer} is at ${offset} of ${end} in ${communityId}`;
    }
  }
  const due = await store.requests.due(new Date(now.getTime() - ESCALATION_WAIT_MS), 1);
  return due.length ? "the ladder has something to do that was due long ago" : null;
}

/** Waits until the log and all consumers have processed the steps. Returns what has not, or null. */
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

/** The invariants that must hold after any faults. Returns the violations in words. */
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

/** An acknowledged step has one row; one without an answer has at most one; a refused one has none. */
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

/** Finds requests that two cadres were told they had claimed, or that were claimed while another cadre held them. */
function inTwoHands(rows: readonly LogRow[], wanted: readonly Wanted[]): string[] {
  const faults: string[] = [];
  const won = wanted.filter(({ type, outcome }) => type === "request.claimed" && outcome === "acknowledged");
  for (const [id, claims] of Map.groupBy(won, ({ requestId }) => requestId))
    if (new Set(claims.map(({ userId }) => userId)).size > 1) faults.push(`two cadres were given ${id}`);
  for (const [id, steps] of Map.groupBy(rows, ({ requestId }) => requestId)) {
    const own = steps.filter(({ _id }) => _id.startsWith(`${id}:`));
    const sorted = own.toSorted((a, b) => eventVersionOf(a) - eventVersionOf(b));
    let holder: string | null = null;
    for (const row of sorted) {
      if (row.type === "request.claimed" && holder) faults.push(`${id} was claimed while ${holder} held it`);
      holder = row.handlerId;
    }
  }
  return faults;
}

/**
 * Compares the inbox with the notices that the log implies. Servers continue meanwhile (offers expire, reminders become
 * due): notices that were implied before must exist, and notices that exist must be implied afterwards.
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

/** The ids of the notices that these rows imply. */
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

/** Expects that WeChat received each message at most once, and only messages that are stored. */
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

/** Expects that the stored deadlines of a request are those that follow from its events. */
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
    const { respondBy, resolveBy } = loaded.request.clocks;
    const replayed = replayDeadlines(ownSteps(ofRequest), () => ({ service, office }));
    const same =
      replayed?.respondBy?.getTime() === respondBy?.getTime() &&
      replayed?.resolveBy?.getTime() === resolveBy?.getTime();
    if (!same) faults.push(`the clocks of ${loaded.request.no} are not those of its log`);
  }
  // Steps have the database's time, whatever the machine's clock says.
  const late = rows.filter(({ at }) => at.getTime() > deps.clock.now().getTime() + 60_000);
  if (late.length) faults.push(`${late.length} rows are of the future`);
  return faults;
}
