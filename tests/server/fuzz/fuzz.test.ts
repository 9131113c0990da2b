import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { pino } from "pino";
import { describe, expect, it } from "vitest";
import { operations } from "../../../contract/index.ts";
import { createMemoryAnchors } from "../../../server/log/anchors.ts";
import { verifyLog } from "../../../server/log/verify-log.ts";
import { castOf } from "../../support/authorization/cast.ts";
import { type FuzzCall, createCalls } from "../../support/fuzz/calls.ts";
import { awkward } from "../../support/fuzz/hostile.ts";
import { faultsOf } from "../../support/fuzz/judge.ts";
import { seededRandom } from "../../../server/demo/random.ts";
import { send } from "../../support/fuzz/send.ts";
import { openWorld } from "../../support/world.ts";

/** `npm run test:fuzz` sets both. A normal run makes the same few calls each time. */
const CALLS = Number(process.env["FUZZ_CALLS"] ?? 400);
const SEED = Number(process.env["FUZZ_SEED"] ?? 20_260_302);
/** The call from which on the heap is compared: by then everything is loaded and pools are full. */
const WARM = Math.min(2_000, Math.floor(CALLS / 2));
const CONCURRENCY = 4;
/** Growth of the heap below this is noise, bytes. */
const NOISE = 24e6;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;
const heap = (): number => {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
};

const unforeseen: string[] = [];
const log = pino({ level: "error" }, { write: (line: string) => void unforeseen.push(line) });
const anchors = createMemoryAnchors();
const world = await openWorld({ communities: ["east", "west", "north"], anchors, log });
world.relay.start();
const random = seededRandom(SEED);
let cast = castOf(world);
const known = {
  ids: [] as string[],
  words: ["east", "west", "parcel", "leak", "1号楼", "1单元", ...awkward],
  cursors: [] as string[],
};
const nextCall = createCalls({ world, random, cast: () => cast, known });

/** Collects ids and words from a reply, so that later calls concern existing objects. */
function learn(text: string): void {
  for (const [id] of text.matchAll(/(?<=")[0-9a-f]{24}(?=")/g)) {
    if (known.ids.length < 400) known.ids.push(id);
    else if (random.chance(0.05)) known.ids[random.whole(0, 399)] = id;
  }
  const cursor = /"nextCursor":"([^"]+)"/.exec(text)?.[1];
  if (cursor && known.cursors.push(cursor) > 50) known.cursors.shift();
}

const faults: string[] = [];
const statuses = new Map<number, number>();
/** Operations that have succeeded at least once. A fuzzer whose calls are all refused tests nothing. */
const succeeded = new Set<string>();
let slowest = 0;

async function one(call: FuzzCall, n: number): Promise<void> {
  const before = unforeseen.length;
  const said = `#${n} ${call.mode} ${call.key} as ${call.who}`;
  try {
    const began = performance.now();
    const reply = await send(world.base, call);
    slowest = Math.max(slowest, performance.now() - began);
    if (!reply) return;
    statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1);
    const found = faultsOf(call, reply);
    if (reply.status < 300) {
      succeeded.add(call.key);
      learn(reply.text);
    }
    if (!found.length) return;
    const why = unforeseen.slice(before).join("").slice(0, 1_500);
    const body = call.body ? call.body.subarray(0, 400).toString("utf8") : "";
    faults.push(`${said}: ${found.join("; ")}\n  ${call.path.slice(0, 300)}\n  ${body}\n  ${why}`);
  } catch (error) {
    faults.push(`${said}: ${(error as Error).message}\n  ${call.path.slice(0, 300)}`);
  }
}

async function run(from: number, to: number): Promise<void> {
  for (let n = from; n < to; n += CONCURRENCY) {
    // The calls change people (posts end, accounts are closed), so new ones are created regularly.
    if (n % 400 === 0) cast = castOf(world);
    if (n % 100 === 0) world.clock.pass(1);
    const calls: FuzzCall[] = [];
    for (let each = n; each < Math.min(n + CONCURRENCY, to); each++) calls.push(await nextCall());
    await Promise.all(calls.map((call, at) => one(call, n + at)));
    if (faults.length > 40) break;
    if (CALLS > 1_000 && n % 1_000 === 0) console.log(`${n} calls, ${faults.length} faults`);
  }
}

describe(`${CALLS} calls of every operation by everybody, seed ${SEED}`, () => {
  it(
    "are all answered in order, keep what they say, and leave a server that works and a log that holds",
    { timeout: 3_600_000 },
    async () => {
      await run(0, WARM);
      const before = heap();
      await run(WARM, CALLS);
      const after = heap();
      const counted = [...statuses].toSorted(([a], [b]) => a - b).map(([status, n]) => `${status}: ${n}`);
      const all = Object.keys(operations);
      console.log(`seed ${SEED}: ${CALLS} calls; ${counted.join(", ")}`);
      const never = all.filter((key) => !succeeded.has(key));
      console.log(
        `succeeded: ${succeeded.size} of ${all.length} operations${CALLS < 5_000 ? "" : `; never ${never.join(", ")}`}`,
      );
      console.log(
        `slowest ${Math.round(slowest)} ms; heap ${Math.round(before / 1e6)} MB, then ${Math.round(after / 1e6)} MB`,
      );
      expect(faults.join("\n\n")).toBe("");
      expect(unforeseen).toEqual([]);
      expect(succeeded.size).toBeGreaterThan(CALLS >= 20_000 ? all.length * 0.9 : 20);
      expect(after - before).toBeLessThan(NOISE + before / 5);
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
      expect((await fetch(`${world.base}/readyz`)).status).toBe(200);
      await world.relay.drain();
      const checked = await verifyLog(world.deps.store, world.deps.keys, anchors);
      // The scenes insert requests and posts without events, so only faults of the log itself count. The chaos tests
      // compare the
      // aggregates.
      expect(checked.faults.filter(({ kind }) => kind === "log" || kind === "gone")).toEqual([]);
    },
  );
});
