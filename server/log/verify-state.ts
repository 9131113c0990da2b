import { setTimeout as wait } from "node:timers/promises";
import { type ComparedState, type OwnStep, differencesFrom } from "../kernel/replay.ts";
import { postDifferences, postEvents } from "../core/domain/people/replay-posts.ts";
import type { EventRecord } from "../kernel/event.ts";
import type { Difference } from "../kernel/replay-state.ts";
import type { StateCommitment } from "./store/log.ts";
import type { LogRow } from "./store/log-row.ts";
import { ifReadable } from "./if-readable.ts";
import { stateHash } from "./seal.ts";
import type { StoredAggregate } from "./store/outbox.ts";
import type { Store } from "../core/store/store.ts";
import { aggregateOf, stepOfEvent, stepOfRow } from "./own-steps.ts";

/** The faults of an aggregate: versions that are in no log, and fields that differ from the replayed state. */
export interface AggregateFault {
  aggregate: StoredAggregate;
  missing: number[];
  /** Why its state is not the one to which its last row commits; null: it is. */
  uncommitted: string | null;
  differences: Difference[];
}

type Reading = Pick<Store, "log" | "outbox" | "users">;

/** Events per query, whatever the number of versions of an aggregate. */
const EVENT_BATCH_SIZE = 2_000;
/**
 * How often a differing aggregate is read again, and the pause between reads, ms. An erasure empties the request first
 * and the log afterwards, so they differ for a moment.
 */
const MAX_CHECKS = 3;
const POLL_MS = 100;

/** What is compared. `strict` is false for a demo, whose people and communities were stored without events. */
export interface VerifyOptions {
  /** Communities whose logs are verified. */
  logs: ReadonlySet<string>;
  strict: boolean;
}

/**
 * Compares aggregates with their logs. Each version must be in one of the verified logs or in the outbox. The replayed
 * state and the posts must follow from the steps. An aggregate is read before its rows, and the relay appends an event
 * before it clears the outbox. Every step up to the version read is therefore found, even while servers write; later
 * steps are left out.
 */
export async function faultsOf(
  store: Reading,
  aggregates: readonly StoredAggregate[],
  asked: VerifyOptions,
): Promise<AggregateFault[]> {
  let found = await checkOnce(store, aggregates, asked);
  for (let n = 1; n < MAX_CHECKS && found.length; n++) {
    await wait(POLL_MS);
    const again = await Promise.all(
      found.map(({ aggregate: { collection, id } }) => store.outbox.aggregate(collection, id)),
    );
    const there = again.filter((one) => one !== null);
    found = await checkOnce(store, there, asked);
  }
  return found;
}

async function checkOnce(
  store: Reading,
  all: readonly StoredAggregate[],
  asked: VerifyOptions,
): Promise<AggregateFault[]> {
  const unreadable = all.filter((one) => !isReadable(one));
  const aggregates = all.filter((one) => !unreadable.includes(one));
  const compared = aggregates.filter((one) => one.compared);
  const rows = Map.groupBy(await rowsOf(store, compared, asked), aggregateOf);
  const missing = await missingOf(
    store,
    aggregates.filter((one) => !one.compared),
    asked,
  );
  const commitments = await store.log.statesOf(aggregates.map(lastEventOf));
  const found: AggregateFault[] = unreadable.map((aggregate) => ({
    ...{ aggregate, missing: [], uncommitted: MALFORMED, differences: [] },
  }));
  for (const aggregate of aggregates) {
    const steps = await ifReadable(() => [
      ...(rows.get(aggregate.id) ?? []).map(stepOfRow),
      ...aggregate.outbox.map(stepOfEvent),
    ]);
    if (!steps) {
      found.push({ aggregate, missing: [], uncommitted: MALFORMED, differences: [] });
      continue;
    }
    const known = new Set(steps.map(({ version }) => version));
    const lacking = aggregate.compared
      ? [...wanted(aggregate)].map(({ version }) => version).filter((version) => !known.has(version))
      : (missing.get(aggregate.id) ?? []);
    // The state cannot be replayed from incomplete steps.
    const unlike = lacking.length ? [] : await ifReadable(() => differencesOf(store, aggregate, steps, asked));
    const uncommitted =
      unlike === null
        ? MALFORMED
        : lacking.length
          ? null
          : commitmentFault(aggregate, commitments.get(lastEventOf(aggregate)), asked);
    if (lacking.length || unlike?.length || uncommitted)
      found.push({ aggregate, missing: lacking, uncommitted, differences: unlike ?? [] });
  }
  return found;
}

const MALFORMED = "里面的值不成样子，读不出来";
/** An aggregate has some dozens of steps, an account at most some thousands. */
const MAX_VERSION = 1_000_000;

/** Whether the fields of the store have the types that the program writes. */
const isReadable = ({ version, outbox }: StoredAggregate): boolean =>
  Number.isInteger(version) &&
  version >= 0 &&
  version <= MAX_VERSION &&
  Array.isArray(outbox) &&
  outbox.every(
    (event: Partial<EventRecord> | null) =>
      Number.isInteger(event?.version) && event?.at instanceof Date && Boolean(event.actor && event.subjects),
  );

const lastEventOf = ({ id, version }: StoredAggregate): string => `${id}:${version}`;

/** Why the state of an aggregate is not the one to which its last row commits; null: it is. */
function commitmentFault(
  { version, outbox, committed, isUnstepped }: StoredAggregate,
  commitment: StateCommitment | undefined,
  { logs, strict }: VerifyOptions,
): string | null {
  if (version === 0) return strict && !isUnstepped ? "没有哪一步写下过它" : null;
  // The event is not in the log yet, so nothing commits to the state.
  if (outbox.some((event) => event.version === version)) return null;
  if (!commitment || !logs.has(commitment.communityId)) return null;
  const { state, stateSalt, algorithm } = commitment;
  // Rows without an algorithm are older than commitments. A migration has given their aggregates another event.
  if (state === undefined) return algorithm === undefined ? null : "台账最后一步没有记下它的样子";
  if (!stateSalt) return "它最后一步的正文已抹去，抹去以后的样子没有记下";
  return stateHash(stateSalt, committed) === state ? null : "与台账最后一步记下的样子不同";
}

interface Wanted {
  aggregateId: string;
  version: number;
}

/** The steps that must be in a log: all versions of an aggregate except those in its outbox. */
function* wanted({ id, version, outbox }: StoredAggregate): Generator<Wanted> {
  const pending = new Set(outbox.map((event) => event.version));
  for (let each = 1; each <= version; each++) if (!pending.has(each)) yield { aggregateId: id, version: each };
}

const eventId = ({ aggregateId, version }: Wanted): string => `${aggregateId}:${version}`;

/** Splits the steps into queries of {@link EVENT_BATCH_SIZE}, since an account may have thousands of steps. */
function* inParts(aggregates: readonly StoredAggregate[]): Generator<Wanted[]> {
  let part: Wanted[] = [];
  for (const aggregate of aggregates) {
    for (const one of wanted(aggregate)) {
      part.push(one);
      if (part.length === EVENT_BATCH_SIZE) {
        yield part;
        part = [];
      }
    }
  }
  if (part.length) yield part;
}

async function rowsOf(
  store: Reading,
  aggregates: readonly StoredAggregate[],
  { logs }: VerifyOptions,
  types?: readonly string[],
): Promise<LogRow[]> {
  const rows: LogRow[] = [];
  for (const part of inParts(aggregates)) {
    const found = await store.log.ofEvents(part.map(eventId), types);
    rows.push(...found.filter(({ communityId }) => logs.has(communityId)));
  }
  return rows;
}

/** Versions that are in no verified log, by aggregate. */
async function missingOf(store: Reading, aggregates: readonly StoredAggregate[], { logs }: VerifyOptions) {
  const missing = new Map<string, number[]>();
  for (const part of inParts(aggregates)) {
    const places = await store.log.placesOf(part.map(eventId));
    for (const one of part) {
      if (logs.has(places.get(eventId(one)) ?? "")) continue;
      missing.set(one.aggregateId, [...(missing.get(one.aggregateId) ?? []), one.version]);
    }
  }
  return missing;
}

/** The differences of an aggregate. */
async function differencesOf(
  store: Reading,
  aggregate: StoredAggregate,
  steps: readonly OwnStep[],
  asked: VerifyOptions,
): Promise<Difference[]> {
  const { compared, posts } = aggregate;
  if (compared) return withoutErased(store, compared, differencesFrom(compared, steps));
  if (!posts?.memberships.length || !asked.strict) return [];
  const merged = await Promise.all(posts.mergedIds.map((id) => store.outbox.aggregate("users", id)));
  const all = [aggregate, ...merged.filter((one) => one !== null)];
  const rows = (await rowsOf(store, all, asked, postEvents)).map(stepOfRow);
  return postDifferences(posts.memberships, [...rows, ...all.flatMap(({ outbox }) => outbox.map(stepOfEvent))]);
}

/**
 * Drops differences of erased words. Between the erasure of a request and that of its rows the words are empty in the
 * request only. This applies to closed accounts and expired retention periods.
 */
async function withoutErased(
  store: Reading,
  { replay: { words }, state }: ComparedState,
  found: Difference[],
): Promise<Difference[]> {
  const isEmptied = ({ field, stored }: Difference): boolean => stored === "" && words?.fields.includes(field) === true;
  if (!words || !found.some(isEmptied)) return found;
  const gone = words.isOver(state, new Date()) || (await store.users.closedAmong([words.residentId(state)])).size > 0;
  return found.filter((one) => !gone || !isEmptied(one));
}
