import { describe, expect, test } from "vitest";
import type { Request } from "../../contract/index.ts";
import { collect } from "../../console/api/collect.ts";
import { createIdempotencyKeys } from "../../console/api/idempotency-keys.ts";
import { byReadiness } from "../../console/lib/cadres.ts";
import { nextDue } from "../../console/lib/due.ts";
import { actorWords, eventWords } from "../../console/lib/event-words.ts";
import { createUrlKeeper } from "../../console/lib/stable-url.ts";
import { countByStatus, countOverdue, dueSoon, offersOf, standingOf, supervisedOf } from "../../console/lib/tally.ts";

const now = new Date("2026-11-22T12:00:00Z");
const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString();
const clocks = {
  respondBy: at(30) as string | null,
  resolveBy: at(300) as string | null,
  firstContactAt: null as string | null,
  resolvedAt: null as string | null,
  closedAt: null as string | null,
};

describe("the next deadline of a request", () => {
  test.each([
    ["the first contact", {}, { kind: "respond", overdue: false }],
    ["the first contact, late", { respondBy: at(-1) }, { kind: "respond", overdue: true }],
    ["after the contact, the result", { firstContactAt: at(-5) }, { kind: "resolve", overdue: false }],
    ["the result, late", { firstContactAt: at(-5), resolveBy: at(-1) }, { kind: "resolve", overdue: true }],
    ["nothing while the clock waits", { respondBy: null, resolveBy: null }, null],
    ["nothing when resolved", { resolvedAt: at(-1), resolveBy: at(-10) }, null],
    ["nothing when ended", { closedAt: at(-1), respondBy: at(-10) }, null],
  ])("%s", (_, part, due) => {
    const found = nextDue({ ...clocks, ...part }, now);
    if (due === null) expect(found).toBeNull();
    else expect(found).toMatchObject(due);
  });
});

const request = (id: string, part: Partial<Request>) => ({ id, status: "queued", ...clocks, ...part }) as Request;

test("today's figures: by state, overdue, and the next deadlines", () => {
  const rows = [
    request("soon", {}),
    request("late", { respondBy: at(-10) }),
    request("later", { respondBy: at(600), status: "claimed" }),
    request("latest", { respondBy: at(-90), status: "claimed" }),
    request("waiting", { respondBy: null, resolveBy: null, status: "waiting" }),
  ];
  expect(Object.fromEntries(countByStatus(rows))).toEqual({ queued: 2, claimed: 2, waiting: 1 });
  expect(countOverdue(rows, now)).toBe(2);
  expect(dueSoon(rows, now, 2 * 3_600_000).map(({ id }) => id)).toEqual(["latest", "late", "soon"]);
});

test("the open offers, the one that ends next first, and the number of requests without one", () => {
  const offer = (minutes: number) =>
    ({ cadreName: "林晓慧", kind: "duty", expiresAt: at(minutes), mine: false }) as const;
  const rows = [
    request("later", { offer: offer(4) }),
    request("none", { offer: null }),
    request("sooner", { offer: offer(1) }),
    request("taken", { status: "claimed", offer: null }),
  ];
  const { offers, unoffered } = offersOf(rows);
  expect(offers.map(({ request: { id } }) => id)).toEqual(["sooner", "later"]);
  expect(unoffered).toBe(1);
});

test("the standing of a community, and its supervised requests, the longest first", () => {
  const climbed = (level: "reminded" | "overdue" | "supervised", minutes: number) =>
    ({ offer: null, escalation: { level, clock: "resolve", at: at(minutes) } }) as const;
  const rows = [
    request("new", { offer: null, escalation: null }),
    request("reminded", { status: "claimed", ...climbed("reminded", -5) }),
    request("overdue", { status: "handling", ...climbed("overdue", -5) }),
    request("since an hour", { status: "handling", ...climbed("supervised", -60) }),
    request("since a day", { status: "claimed", ...climbed("supervised", -1440) }),
  ];
  expect(standingOf(rows)).toEqual({ open: 5, queued: 1, offered: 0, overdue: 3, supervised: 2 });
  expect(supervisedOf(rows).map(({ id }) => id)).toEqual(["since a day", "since an hour"]);
});

test("cadres to choose from: on duty first, then by fewest open requests", () => {
  const cadre = (name: string, onDutyUntil: string | null, openRequests: number) => ({
    name,
    onDutyUntil,
    openRequests,
  });
  const list = [cadre("不在岗", null, 0), cadre("忙", at(60), 5), cadre("刚下岗", at(-1), 1), cadre("闲", at(60), 1)];
  expect(list.toSorted(byReadiness(now)).map(({ name }) => name)).toEqual(["闲", "忙", "不在岗", "刚下岗"]);
});

describe("an event in words", () => {
  test.each([
    ["request.assigned", { cadreName: "王建国" }, "派给王建国", null],
    ["request.contacted", { note: "今晚八点" }, "联系了居民", "今晚八点"],
    ["request.resolved", { result: "修好了", files: 2 }, "办结，附 2 张照片", "修好了"],
    ["request.rated", { outcome: "unsolved", rework: 1, comment: "" }, "评价为没解决，第 1 次重办，回到队列", null],
    ["request.rated", { outcome: "partly" }, "评价：部分解决", null],
    ["request.rejected", {}, "不予受理", null],
    ["sensor.alarm", {}, "留下一条记录（sensor.alarm）", null],
  ])("%s %o", (type, data, sentence, words) => expect(eventWords({ type, data })).toEqual({ sentence, words }));

  test.each([
    [{ id: "1", role: "resident", name: "王*" }, "居民 王*"],
    [{ id: "1", role: "cadre", name: "" }, "干部 （已清除）"],
    [{ id: "0", role: "system", name: "" }, "系统"],
  ] as const)("who did it: %o", (actor, words) => expect(actorWords(actor)).toBe(words));
});

describe("idempotency keys", () => {
  const counted = () => {
    let n = 0;
    return createIdempotencyKeys(() => `key-${(n += 1)}`);
  };
  test("a retry with the same body has the same key; another body or a repeated step has another", () => {
    const idempotency = counted();
    expect([idempotency.keyFor("甲"), idempotency.keyFor("甲"), idempotency.keyFor("乙")]).toEqual([
      "key-1",
      "key-1",
      "key-2",
    ]);
    idempotency.done();
    expect(idempotency.keyFor("乙")).toBe("key-3");
  });
  test("match the server's pattern: 8 to 100 letters, digits or hyphens", () => {
    expect(createIdempotencyKeys().keyFor({})).toMatch(/^[a-z0-9-]{8,100}$/i);
  });
});

describe("reading a list to its end", () => {
  const pages: Record<string, { items: { id: string }[]; nextCursor: string | null }> = {
    "": { items: [{ id: "a" }, { id: "b" }], nextCursor: "2" },
    "2": { items: [{ id: "b" }, { id: "c" }], nextCursor: null },
  };
  const read = (cursor: string | undefined) => Promise.resolve(pages[cursor ?? ""]!);
  test("a row that moved between the pages is counted once", async () => {
    expect(await collect(read, 5, ({ id }) => id)).toEqual({
      items: [{ id: "a" }, { id: "b" }, { id: "c" }],
      more: false,
    });
  });
  test("reports when there are more rows than were read", async () => {
    expect(await collect(read, 1, ({ id }) => id)).toEqual({ items: [{ id: "a" }, { id: "b" }], more: true });
  });
});

test("a picture with a new signature keeps its address until the old one is about to expire", () => {
  let time = 0;
  const keep = createUrlKeeper(1000, () => time);
  expect(keep("/api/files/a?sig=1")).toBe("/api/files/a?sig=1");
  time = 999;
  expect(keep("/api/files/a?sig=2")).toBe("/api/files/a?sig=1");
  expect(keep("/api/files/b?sig=3")).toBe("/api/files/b?sig=3");
  time = 1000;
  expect(keep("/api/files/a?sig=4")).toBe("/api/files/a?sig=4");
});
