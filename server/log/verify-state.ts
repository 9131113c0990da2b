import { setTimeout as wait } from "node:timers/promises";
import { retentionCutoff } from "../core/domain/privacy/retention-periods.ts";
import type { OwnStep } from "../core/domain/requests/replay.ts";
import { postDifferences, postEvents } from "../core/domain/people/replay-posts.ts";
import { erasable, replayRequest, stateOfRequest } from "../core/domain/requests/replay-request.ts";
import { type Difference, differences } from "../kernel/replay-state.ts";
import { replayTask, stateOfTask } from "../modules/co-handling/domain/replay-task.ts";
import type { LogRow } from "./store/log.ts";
import type { StoredAggregate } from "./store/outbox.ts";
import type { Store } from "../core/store/store.ts";
import { aggregateOf, stepOfEvent, stepOfRow } from "./own-steps.ts";

/** What is wrong with an aggregate: steps that no log has, or fields that no step has left so. */
export interface AggregateFault {
  aggregate: StoredAggregate;
  missing: number[];
  differences: Difference[];
}

type Reading = Pick<Store, "log" | "outbox" | "users">;

/** So many events are asked for at once, however many steps an aggregate has. */
const EVENT_BATCH_SIZE = 2_000;
/**
 * What differs is read again so often, so long apart, ms: an erasure takes its words from the request first and from
 * the log then.
 */
const MAX_CHECKS = 3;
const POLL_MS = 100;

/** Whose whole state is compared. */
type Compared = Extract<StoredAggregate, { state: unknown }>;
const isCompared = (one: StoredAggregate): one is Compared => "state" in one;

/** What is compared besides: `posts`, which in the demo nobody has granted. */
export interface VerifyOptions {
  /** Communities whose logs are walked. */
  logs: ReadonlySet<string>;
  posts: boolean;
}

/**
 * Compares aggregates with their logs: each version is in one of the walked logs or in the outbox, and the state of
 * requests and tasks, and who holds which post, is what their steps give. An aggregate is read before its rows, and a
 * relay puts an event into the log before it takes it out of the outbox: so every step up to the version that was
 * read is found in one of the two, whatever is written meanwhile; later ones are left out.
 */
export async function faultsOf(
  store: Reading,
  aggregates: readonly StoredAggregate[],
  asked: VerifyOptions,
): Promise<AggregateFault[]> {
  let found = await checkOnce(store, aggregates, asked);
  for (let n = 1; n < MAX_CHECKS && found.length; n++) {
    await wait(POLL_MS);
    const again = await Promise.all(found.map(({ aggregate: { source, id } }) => store.outbox.aggregate(source, id)));
    const there = again.filter((one) => one !== null);
    found = await checkOnce(store, there, asked);
  }
  return found;
}

async function checkOnce(
  store: Reading,
  aggregates: readonly StoredAggregate[],
  asked: VerifyOptions,
): Promise<AggregateFault[]> {
  const compared = aggregates.filter(isCompared);
  const rows = Map.groupBy(await rowsOf(store, compared, asked), aggregateOf);
  const missing = await missingOf(
    store,
    aggregates.filter((one) => !isCompared(one)),
    asked,
  );
  const found: AggregateFault[] = [];
  for (const aggregate of aggregates) {
    const steps = [...(rows.get(aggregate.id) ?? []).map(stepOfRow), ...aggregate.outbox.map(stepOfEvent)];
    const known = new Set(steps.map(({ version }) => version));
    const lacking = isCompared(aggregate)
      ? [...wanted(aggregate)].map(({ version }) => version).filter((version) => !known.has(version))
      : (missing.get(aggregate.id) ?? []);
    // Without all of its steps nothing can be said of its state.
    const unlike = lacking.length ? [] : await differencesOf(store, aggregate, steps, asked);
    if (lacking.length || unlike.length) found.push({ aggregate, missing: lacking, differences: unlike });
  }
  return found;
}

interface Wanted {
  aggregateId: string;
  version: number;
}

/** The steps that should be in a log: those of an aggregate up to its version, but for those in its outbox. */
function* wanted({ id, version, outbox }: StoredAggregate): Generator<Wanted> {
  const pending = new Set(outbox.map((event) => event.version));
  for (let each = 1; each <= version; each++) if (!pending.has(each)) yield { aggregateId: id, version: each };
}

const eventId = ({ aggregateId, version }: Wanted): string => `${aggregateId}:${version}`;

/** Part by part, since a cadre of many years has thousands. */
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

/** By aggregate, the versions that are in no walked log. */
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

async function differencesOf(
  store: Reading,
  aggregate: StoredAggregate,
  steps: readonly OwnStep[],
  asked: VerifyOptions,
): Promise<Difference[]> {
  switch (aggregate.source) {
    case "requests": {
      const found = differences(stateOfRequest(aggregate.state), replayRequest(steps, aggregate.state));
      return withoutErased(store, aggregate, found);
    }
    case "co_tasks":
      return differences(stateOfTask(aggregate.state), replayTask(steps));
    case "users": {
      const { memberships, mergedIds } = aggregate;
      if (!asked.posts || !memberships.length) return [];
      const merged = await Promise.all(mergedIds.map((id) => store.outbox.aggregate("users", id)));
      const all = [aggregate, ...merged.filter((one) => one !== null)];
      const rows = (await rowsOf(store, all, asked, postEvents)).map(stepOfRow);
      return postDifferences(memberships, [...rows, ...all.flatMap(({ outbox }) => outbox.map(stepOfEvent))]);
    }
    default:
      return [];
  }
}

/**
 * Words that are empty since the person, or the time, has erased them, while their row is not erased yet, are no
 * difference.
 */
async function withoutErased(
  store: Reading,
  { state, erased }: Extract<StoredAggregate, { source: "requests" }>,
  found: readonly Difference[],
): Promise<Difference[]> {
  const isEmptied = ({ field, stored }: Difference): boolean => erasable.includes(field) && stored === "";
  if (!found.some(isEmptied)) return [...found];
  const over = state.closedAt !== null && state.closedAt < retentionCutoff("request", new Date());
  const gone = erased || over || (await store.users.closedAmong([state.residentId])).size > 0;
  return found.filter((one) => !gone || !isEmptied(one));
}
