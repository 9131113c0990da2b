import { canonicalJson } from "../../../kernel/canonical-json.ts";
import { eventVersionOf, isOwnStep } from "../../../log/own-steps.ts";
import { ifReadable } from "../../../log/if-readable.ts";
import type { LogRow } from "../../../log/store/log-row.ts";
import type { DerivedFault } from "../../../log/verify-log.ts";
import { cyclesIn } from "./cycles-in.ts";
import type { UsesFigures } from "../ports.ts";
import { computeRollup } from "./refresh-rollups.ts";

const BATCH_SIZE = 100;
const MALFORMED = "里面的值不成样子，读不出来";
const ALL_DAYS = { from: "0000-01-01", to: "9999-12-31" };

type Parts = UsesFigures<"store">;

/**
 * Compares the stored handling cycles with those that follow from the log, and the daily roll-ups with the cycles.
 * Cycles of requests with erased payloads cannot be recomputed and are left out. Yields the documents that differ.
 */
export async function* verifyFigures(parts: Parts): AsyncGenerator<DerivedFault> {
  yield* cycleFaults(parts);
  for (const communityId of await parts.store.communities.ids()) yield* rollupFaults(parts, communityId);
}

async function* cycleFaults(parts: Parts): AsyncGenerator<DerivedFault> {
  const { store, handlingCycles } = parts;
  const offsets = await store.partitions.offsetsOf("figures");
  for (const communityId of await store.communities.ids()) {
    for (let cursor: string | undefined; ;) {
      const filter = { communityIds: [communityId], type: "request.submitted" };
      const { items, nextCursor } = await store.log.list(filter, "asc", BATCH_SIZE, cursor);
      yield* ofRequests(
        parts,
        offsets,
        items.map(({ requestId }) => requestId ?? ""),
      );
      if (nextCursor === null) break;
      cursor = nextCursor;
    }
  }
  for (let after = ""; ;) {
    const ids = await handlingCycles.requestIds(after, BATCH_SIZE);
    const there = await store.outbox.versionsOf(ids);
    for (const id of ids)
      if (!there.has(id)) yield { where: `handling_cycles ${id}`, what: "没有这件诉求，却有它的办理记录" };
    after = ids.at(-1) ?? "";
    if (ids.length < BATCH_SIZE) return;
  }
}

async function* ofRequests(
  { store, handlingCycles }: Parts,
  offsets: ReadonlyMap<string, number>,
  ids: readonly string[],
): AsyncGenerator<DerivedFault> {
  // The cycles are read first: rows that arrive meanwhile are newer than the version of the cycles.
  const stored = Map.groupBy(await handlingCycles.ofRequests(ids), ({ requestId }) => requestId);
  const histories = Map.groupBy(
    (await store.log.ofRequests(ids)).filter(isOwnStep),
    ({ requestId }) => requestId ?? "",
  );
  for (const [id, rows] of histories) {
    const cycles = stored.get(id) ?? [];
    const consumed = rows.filter(({ communityId, pos }) => pos <= (offsets.get(communityId) ?? 0)).map(eventVersionOf);
    const version = Math.max(0, ...cycles.map((cycle) => cycle.version));
    const expected = Math.max(0, ...consumed);
    const fault = (await ifReadable(() => faultOf(id, rows, cycles, { version, expected }) ?? "")) ?? MALFORMED;
    if (fault) yield { where: `handling_cycles ${id}`, what: fault };
  }
}

/** `version`: that of the stored cycles. `expected`: that of the newest row which the consumer has read. */
function faultOf(
  id: string,
  rows: readonly LogRow[],
  cycles: readonly { id: string; number: number; version: number }[],
  { version, expected }: { version: number; expected: number },
): string | null {
  if (cycles.some((cycle) => cycle.id !== `${id}:${cycle.number}`)) return "有一份办理记录的编号不对";
  if (version < expected) return `办理记录算到第 ${version} 步，台账已有第 ${expected} 步`;
  const read = cyclesIn(
    id,
    rows.filter((row) => eventVersionOf(row) <= version),
  );
  if (!read) return null;
  const sorted = (all: readonly { id: string }[]): string =>
    canonicalJson(all.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
  const computed = read.cycles.map((cycle) => ({ ...cycle, version }));
  return sorted(computed) === sorted(cycles) ? null : "办理记录与台账推出的不同";
}

async function* rollupFaults(parts: Parts, communityId: string): AsyncGenerator<DerivedFault> {
  const all = await parts.rollups.read([communityId], ALL_DAYS.from, ALL_DAYS.to);
  const stored = new Map(all.map((rollup) => [rollup.day, rollup]));
  for (const day of await parts.handlingCycles.days(communityId)) {
    const where = `rollups ${communityId}:${day}`;
    if (!stored.has(day)) yield { where, what: "这一天有办理记录，没有汇总" };
  }
  if (all.length > stored.size) yield { where: `rollups ${communityId}`, what: "同一天有两份汇总" };
  for (const [day, { stale, ...rollup }] of stored) {
    // A day that changes meanwhile becomes stale, and is computed anew before its figures are shown.
    if (stale !== 0) continue;
    const computed = await ifReadable(() => computeRollup(parts, { communityId, day }));
    if (computed && canonicalJson(computed) === canonicalJson(rollup)) continue;
    const [again] = await parts.rollups.read([communityId], day, day);
    if (again?.stale === 0) yield { where: `rollups ${communityId}:${day}`, what: "汇总与办理记录算出的不同" };
  }
}
