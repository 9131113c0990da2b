import { setTimeout as wait } from "node:timers/promises";
import { goesBefore } from "../domain/kept-data.ts";
import type { OwnStep } from "../domain/replay.ts";
import { erasable, replayRequest, stateOfRequest } from "../domain/replay-request.ts";
import { type Difference, differences } from "../domain/replay-state.ts";
import { replayTask, stateOfTask } from "../domain/replay-task.ts";
import type { LogRow } from "../store/log.ts";
import type { StoredAggregate } from "../store/outbox.ts";
import type { Store } from "../store/store.ts";
import { stepOfEvent, stepOfRow } from "./own-steps.ts";

/** What is wrong with an aggregate: steps that no log has, or fields that no step has left so. */
export interface AggregateFault {
  aggregate: StoredAggregate;
  missing: number[];
  differences: Difference[];
}

type Reading = Pick<Store, "log" | "outbox" | "users">;

/** So many events are asked for at once, however many steps an aggregate has. */
const EVENTS_AT_ONCE = 2_000;
/** What differs is read again so often, so long apart, ms: an erasure takes its words from the request first and from the log then. */
const LOOKS = 3;
const LOOK_MS = 100;

const isCompared = ({ source }: StoredAggregate): boolean => source === "requests" || source === "co_tasks";

/**
 * Compares aggregates with their logs: each version is in one of the walked `logs` or in the outbox, and the state of requests and tasks is
 * what their steps give. An aggregate is read before its rows, and a relay puts an event into the log before it takes it out of the outbox: so
 * every step up to the version that was read is found in one of the two, whatever is written meanwhile; later ones are left out.
 */
export async function faultsOf(
  store: Reading,
  aggregates: readonly StoredAggregate[],
  logs: ReadonlySet<string>,
): Promise<AggregateFault[]> {
  let found = await look(store, aggregates, logs);
  for (let n = 1; n < LOOKS && found.length; n++) {
    await wait(LOOK_MS);
    const again = await Promise.all(found.map(({ aggregate: { source, id } }) => store.outbox.aggregate(source, id)));
    const there = again.filter((one) => one !== null);
    found = await look(store, there, logs);
  }
  return found;
}

async function look(
  store: Reading,
  aggregates: readonly StoredAggregate[],
  logs: ReadonlySet<string>,
): Promise<AggregateFault[]> {
  const rows = await rowsOf(store, aggregates.filter(isCompared), logs);
  const places = await placesOf(
    store,
    aggregates.filter((one) => !isCompared(one)),
    logs,
  );
  const found: AggregateFault[] = [];
  for (const aggregate of aggregates) {
    const own = wanted(aggregate).map(({ id }) => rows.get(id));
    const missing = wanted(aggregate)
      .filter(({ id }) => !rows.has(id) && !places.has(id))
      .map(({ version }) => version);
    const steps = [...own.filter((row) => row !== undefined).map(stepOfRow), ...aggregate.outbox.map(stepOfEvent)];
    // Without all of its steps nothing can be said of its state.
    const unlike = missing.length ? [] : await withoutErased(store, aggregate, differencesOf(aggregate, steps));
    if (missing.length || unlike.length) found.push({ aggregate, missing, differences: unlike });
  }
  return found;
}

/** The events that should be in a log: the steps of an aggregate up to its version, but for those in its outbox. */
function wanted({ id, version, outbox }: StoredAggregate): { id: string; version: number }[] {
  const pending = new Set(outbox.map((event) => event.version));
  return Array.from({ length: version }, (_, index) => index + 1)
    .filter((each) => !pending.has(each))
    .map((each) => ({ id: `${id}:${each}`, version: each }));
}

function* inParts(aggregates: readonly StoredAggregate[]): Generator<string[]> {
  const ids = aggregates.flatMap(wanted).map(({ id }) => id);
  for (let from = 0; from < ids.length; from += EVENTS_AT_ONCE) yield ids.slice(from, from + EVENTS_AT_ONCE);
}

async function rowsOf(store: Reading, aggregates: readonly StoredAggregate[], logs: ReadonlySet<string>) {
  const rows = new Map<string, LogRow>();
  for (const ids of inParts(aggregates))
    for (const row of await store.log.ofEvents(ids)) if (logs.has(row.communityId)) rows.set(row._id, row);
  return rows;
}

async function placesOf(store: Reading, aggregates: readonly StoredAggregate[], logs: ReadonlySet<string>) {
  const there = new Set<string>();
  for (const ids of inParts(aggregates))
    for (const [id, communityId] of await store.log.placesOf(ids)) if (logs.has(communityId)) there.add(id);
  return there;
}

function differencesOf(aggregate: StoredAggregate, steps: readonly OwnStep[]): Difference[] {
  if (aggregate.source === "requests")
    return differences(stateOfRequest(aggregate.state), replayRequest(steps, aggregate.state));
  if (aggregate.source === "co_tasks") return differences(stateOfTask(aggregate.state), replayTask(steps));
  return [];
}

/** Words that are empty since the person, or the time, has erased them, while their row is not erased yet, are no difference. */
async function withoutErased(
  store: Reading,
  aggregate: StoredAggregate,
  found: readonly Difference[],
): Promise<Difference[]> {
  const isEmptied = ({ field, stored }: Difference): boolean => erasable.includes(field) && stored === "";
  if (aggregate.source !== "requests" || !found.some(isEmptied)) return [...found];
  const { residentId, closedAt } = aggregate.state;
  const over = closedAt !== null && closedAt < goesBefore("request", new Date());
  const erased = aggregate.erased || over || (await store.users.closedAmong([residentId])).size > 0;
  return found.filter((one) => !erased || !isEmptied(one));
}
