import type { Connection } from "mongoose";
import type { Random } from "../../server/demo/random.ts";
import type { LogFault } from "../../server/log/verify-log.ts";
import { coreOutboxes, uncommittedPaths } from "../../server/log/store/committed-state.ts";
import { unverifiedCollections } from "../../server/log/store/unverified.ts";
import { moduleOutboxes } from "../../server/modules/index.ts";
import { type Earlier, type Tampering, keyOf, kinds, tamper } from "./tampering.ts";

/** The result of a number of trials. */
export interface Trials {
  /** How many were made, by collection. */
  made: Map<string, number>;
  /** How many of them verification found. */
  found: number;
  /** How many it did not find, as docs/reference/integrity.md says. */
  listed: number;
  /** Those that it neither found nor is said not to find. */
  missed: string[];
}

/** Fields of the store whose changes the relay or the next step repairs, and derived fields of the log. */
const storeFields = ["outbox", "outboxPartitions", "idempotency"];
const derivedFields: Readonly<Record<string, readonly string[]>> = {
  service_log: ["segment", "terms"],
  handling_cycles: [],
  rollups: ["stale"],
  log_erasures: [],
};

const outboxes = new Map([...moduleOutboxes, ...coreOutboxes].map((source) => [source.collection, source]));

/** Whether docs/reference/integrity.md says that such a change is not found. */
function isListed({ collection, kind, path }: Tampering): boolean {
  if (collection in unverifiedCollections) return true;
  const source = outboxes.get(collection);
  const top = path?.split(".")[0] ?? "";
  if (source && path !== null) {
    const paths = [...Object.keys(uncommittedPaths(source)), ...storeFields];
    if (paths.some((each) => path === each || path.startsWith(`${each}.`))) return true;
    // Setting a group to nothing also empties its uncommitted fields; the others are found.
  }
  if ((derivedFields[collection] ?? []).includes(top)) return true;
  // A roll-up that is set back to a stale one is computed anew before it is used.
  if (collection === "rollups" && kind === "roll back") return true;
  // People and communities of a demo, and pictures, have no steps.
  return source !== undefined && source.unstepped !== null && (kind === "insert" || kind === "delete");
}

/** Copies every document, as the earlier states to which tampering goes back. */
export async function earlierStates(connection: Connection): Promise<Earlier> {
  const states = new Map<string, Record<string, unknown>>();
  for (const { name } of await connection.listCollections())
    for (const document of await connection.collection(name).find({}).toArray())
      states.set(keyOf(name, document._id), document);
  return states;
}

/**
 * Tampers `n` times, one change at a time, in every collection in turn, and undoes each. `verify` returns the faults of
 * the database.
 */
export async function runTrials(
  connection: Connection,
  { n, random, earlier }: { n: number; random: Random; earlier: Earlier },
  verify: () => Promise<readonly LogFault[]>,
  said: (line: string) => void = () => undefined,
): Promise<Trials> {
  const names = (await connection.listCollections())
    .map(({ name }) => name)
    .filter((name) => !name.startsWith("system."))
    .toSorted();
  const trials: Trials = { made: new Map(), found: 0, listed: 0, missed: [] };
  let total = 0;
  for (let turn = 0; total < n && turn < n * 10; turn++) {
    const name = names[turn % names.length] ?? "";
    // What is said not to be found is tried once in a while only, to see that it is undone.
    if (name in unverifiedCollections && turn >= names.length) continue;
    const made = await tamper(connection, name, random.pick(kinds), random, earlier);
    if (!made) continue;
    total++;
    trials.made.set(name, (trials.made.get(name) ?? 0) + 1);
    const faults = await verify();
    await made.undo();
    if (faults.length) trials.found++;
    else if (isListed(made)) trials.listed++;
    else trials.missed.push(`${made.kind} of ${name} ${made.id}${made.path === null ? "" : `, ${made.path}`}`);
    if (total % 50 === 0) said(`${total} of ${n}: ${trials.found} found, ${trials.missed.length} missed`);
  }
  return trials;
}
