import type mongoose from "mongoose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seededRandom } from "../../../server/demo/random.ts";
import { emptyTail, sealRows } from "../../../server/log/seal.ts";
import { createKeys, newKeyRing } from "../../../server/adapters/keys/keys.ts";
import { connect, prepareDatabase } from "../../../server/core/store/connection.ts";
import type { LogFilter } from "../../../server/log/store/log-filter.ts";
import type { LogRow } from "../../../server/log/store/log-row.ts";
import { SEGMENT_ROWS, wideningRanges } from "../../../server/log/store/log-spans.ts";
import type { Store } from "../../../server/core/store/store.ts";
import { openStore } from "../../../server/open-store.ts";
import { freshDatabase } from "../../support/engine.ts";

const ROWS = 3 * SEGMENT_ROWS + 100;
const START = Date.UTC(2026, 0, 1);
const MINUTE_MS = 60_000;
const { uri, name } = freshDatabase();
const keys = createKeys(newKeyRing());
const random = seededRandom(7);
let connection: mongoose.Connection;
let store: Store;
let rows: LogRow[];

/** One row a minute. One in fifty waited in its outbox for up to two days, so it stands behind later events. */
const minuteOf = (n: number): number => (random.next() < 0.02 ? Math.max(0, n - Math.floor(random.next() * 2_880)) : n);

const event = (n: number) => ({
  ...{ version: 1, type: n % 3 ? "request.noted" : "request.submitted", at: new Date(START + minuteOf(n) * MINUTE_MS) },
  ...{ communityId: "east", requestId: null, requestNo: null, serviceCode: null },
  actor: { id: "someone", role: "cadre" as const, name: "干部" },
  subjects: { residentId: null, handlerId: null, previousHandlerId: null },
  data: { text: n % 7 ? "电梯坏了" : n === 60 || n === 5_000 ? "电梯里有白蚁" : "楼道灯不亮" },
});

beforeAll(async () => {
  connection = await connect(uri, name);
  store = openStore(connection).store;
  await prepareDatabase(connection);
  const events = Array.from({ length: ROWS }, (_, n) => ({ id: `row-${n}:1`, event: event(n) }));
  rows = sealRows(keys, emptyTail, events);
  for (let from = 0; from < ROWS; from += 1_000) await store.log.append(rows.slice(from, from + 1_000));
});
afterAll(() => connection.close());

const fits =
  ({ type, terms, from, to }: Partial<LogFilter>) =>
  (row: LogRow): boolean =>
    (!type || row.type === type) &&
    (!terms || terms.every((term) => row.terms?.includes(term))) &&
    (!from || row.at >= from) &&
    (!to || row.at < to);

/** The positions on all pages of a list, in the order in which they are returned. */
async function listed(filter: Partial<LogFilter>, order: "asc" | "desc", limit: number, of = store): Promise<number[]> {
  const found: number[] = [];
  for (let cursor: string | undefined; ;) {
    const page = await of.log.list({ communityIds: ["east"], ...filter }, order, limit, cursor);
    found.push(...page.items.map(({ pos }) => pos));
    if (page.nextCursor === null) return found;
    cursor = page.nextCursor;
  }
}

const day = (n: number): Date => new Date(START + n * 1_440 * MINUTE_MS);

const cases: [string, Partial<LogFilter>][] = [
  ["a period of a day in the middle", { from: day(2), to: day(3) }],
  ["the same of one type", { from: day(2), to: day(3), type: "request.submitted" }],
  ["all before a moment", { to: day(1) }],
  ["all since a moment", { from: day(4) }],
  ["a period before the log", { to: day(-1) }],
  ["a period after it", { from: day(9) }],
  ["a common word", { terms: ["电梯"] }],
  ["a rare one", { terms: ["白蚁"] }],
  ["one that nobody wrote", { terms: ["狮子"] }],
  ["two words of which only together they are rare", { terms: ["电梯", "白", "有白"] }],
  ["a word in a period", { terms: ["楼道"], from: day(1), to: day(4) }],
];

describe("a page of a log that is longer than its segments", () => {
  it.each(cases)("%s: has the rows that a look at every row finds, in both orders, page by page", async (_, filter) => {
    const expected = rows.filter(fits(filter)).map(({ pos }) => pos);
    expect(await listed(filter, "asc", 700)).toEqual(expected);
    expect(await listed(filter, "desc", 700)).toEqual(expected.toReversed());
    const newest = await store.log.list({ communityIds: ["east"], ...filter }, "desc", 5);
    expect(newest.items.map(({ pos }) => pos)).toEqual(expected.toReversed().slice(0, 5));
  });

  it("finds late rows also where another process has looked up the times, and after more rows have come", async () => {
    const filter = { from: day(2), to: day(3) };
    const other = openStore(await connect(uri, name).then((opened) => (connections.push(opened), opened))).store;
    expect(await listed(filter, "asc", 700, other)).toEqual(rows.filter(fits(filter)).map(({ pos }) => pos));
    const more = Array.from({ length: SEGMENT_ROWS }, (_, n) => ({ id: `late-${n}:1`, event: event(ROWS + n) }));
    const [first] = more;
    if (first) first.event = { ...first.event, at: new Date(day(2).getTime() + 1) };
    const last = rows.at(-1);
    const appended = sealRows(keys, { pos: last?.pos ?? 0, seal: last?.seal ?? "" }, more);
    await store.log.append(appended);
    const all = [...rows, ...appended].filter(fits(filter)).map(({ pos }) => pos);
    expect(all).toContain(appended[0]?.pos);
    for (const one of [store, other]) expect(await listed(filter, "desc", 700, one)).toEqual(all.toReversed());
  });
});

const connections: mongoose.Connection[] = [];
afterAll(() => Promise.all(connections.map((opened) => opened.close())));

describe("the parts that a search looks through", () => {
  it.each(["asc", "desc"] as const)("%s: have every segment once, from the end that comes first", (order) => {
    for (const [from, to, first, last] of [
      [0, 0, 0, 0],
      [5, 40 * SEGMENT_ROWS + 3, 0, 40],
      [SEGMENT_ROWS - 1, SEGMENT_ROWS, 0, 1],
      [3 * SEGMENT_ROWS, 400 * SEGMENT_ROWS - 1, 3, 399],
    ] as const) {
      const parts = [...wideningRanges({ from, to }, order)];
      const every = Array.from({ length: last - first + 1 }, (_, n) => first + n);
      expect(parts.flat().toSorted((a, b) => a - b)).toEqual(every);
      expect(parts[0]).toEqual([order === "asc" ? first : last]);
      expect(parts.length).toBeLessThan(6);
    }
    for (const to of [9, -6]) expect([...wideningRanges({ from: 10, to }, order)]).toEqual([]);
  });
});
