import { randomInt, randomUUID } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startEngine } from "../../engine/index.ts";
import { seededRandom } from "../../server/demo/random.ts";
import { runTrials } from "./trials.ts";
import { openTamperWorld } from "./world.ts";

/**
 * `npm run test:tamper [-- --n 1000] [--seed s]`: changes, deletes, inserts, reorders, empties and rolls back single
 * documents of every collection at random, one at a time, verifies, and undoes it. Prints what verification did not
 * find and docs/reference/integrity.md does not list, and exits with 1 when there is any.
 */
const { values } = parseArgs({ options: { n: { type: "string" }, seed: { type: "string" } } });
const n = Number(values.n ?? 1_000);
const seed = Number(values.seed ?? randomInt(1_000_000));

const root = join(import.meta.dirname, "../..");
const dataDir = await mkdtemp(join(tmpdir(), "dianxiaoer-tamper-"));
// Under root the database runs as another user, who must be able to enter this folder.
await chmod(dataDir, 0o755);
const engine = await startEngine({ dataDir, installDir: join(root, ".data/engine"), durable: false, log: console.log });
const name = `t_${randomUUID().replaceAll("-", "").slice(0, 20)}`;
const { connection, verify, earlier, stop } = await openTamperWorld({ uri: engine.uri, name });
console.log(`seed ${seed}`);
const intact = await verify();
if (intact.length) throw new Error(`the database is not intact: ${JSON.stringify(intact[0])}`);
const started = performance.now();
const trials = await runTrials(connection, { n, random: seededRandom(seed), earlier }, verify, console.log);
await stop();
await engine.stop();
await rm(dataDir, { recursive: true, force: true });

const made = [...trials.made.values()].reduce((sum, each) => sum + each, 0);
for (const what of trials.missed) console.log(`not found: ${what}`);
const perCollection = [...trials.made].map(([collection, count]) => `${collection} ${count}`);
console.log(`tried: ${perCollection.join(", ")}`);
console.log(
  `${made} changes in ${trials.made.size} collections, ${trials.found} found, ${trials.listed} not found as listed, ` +
    `${trials.missed.length} missed; ${Math.round((performance.now() - started) / 1_000)} s`,
);
process.exitCode = trials.missed.length ? 1 : 0;
