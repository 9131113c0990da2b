import { InfiniteQueryObserver, type QueryClient, QueryObserver } from "@tanstack/react-query";
import { describe, expect, onTestFinished, test } from "vitest";
import { rowsOf } from "../../console/api/collect.ts";
import { invalidateAll, invalidateConcerned } from "../../console/api/invalidate.ts";
import { refetchDue } from "../../console/api/poll.ts";
import { type PollMs, createQueryClient, putAnswer, queryKeyOf } from "../../console/api/query-client.ts";

const claimed = { communityId: "east", type: "request.claimed", requestId: "a1" };
const POLL_MS = 10_000;

/** An observed query. The test gives each answer. */
function look(client: QueryClient, queryKey: readonly unknown[], pollMs: PollMs = POLL_MS) {
  const questions: { answer: (data: string) => void; fail: (error: Error) => void; signal: AbortSignal }[] = [];
  const observer = new QueryObserver<string>(client, {
    queryKey,
    queryFn: ({ signal }) => {
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      questions.push({ answer: resolve, fail: reject, signal });
      return promise;
    },
    meta: { pollMs },
  });
  onTestFinished(observer.subscribe(() => undefined));
  return {
    asked: () => questions.length,
    signal: (n: number) => questions[n]!.signal,
    data: () => observer.getCurrentResult().data,
    async answer(n: number, data: string) {
      questions[n]!.answer(data);
      await settled();
    },
    async fail(n: number) {
      questions[n]!.fail(new Error("no"));
      await settled();
    },
  };
}

/** Waits until all pending effects have run. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("live events", () => {
  test("refetch exactly the shown queries that they concern", async () => {
    const client = createQueryClient();
    const list = look(client, queryKeyOf("GET /api/requests", { query: { open: "true" } }, "pages"));
    const its = look(client, queryKeyOf("GET /api/requests/:id", { params: { id: "a1" } }));
    const another = look(client, queryKeyOf("GET /api/requests/:id", { params: { id: "b2" } }));
    const inForm = look(client, queryKeyOf("GET /api/requests/:id", { params: { id: "a1" } }, "form"), null);
    const all = [list, its, another, inForm];
    for (const query of all) await query.answer(0, "first");
    void invalidateConcerned(client, [claimed]);
    await settled();
    expect(all.map(({ asked }) => asked())).toEqual([2, 2, 1, 1]);
  });

  test("refetch no query that is no longer shown", async () => {
    const client = createQueryClient();
    let asked = 0;
    const observer = new QueryObserver<number>(client, {
      queryKey: queryKeyOf("GET /api/log", {}),
      queryFn: () => (asked += 1),
      meta: { pollMs: POLL_MS },
    });
    observer.subscribe(() => undefined)();
    await settled();
    const before = asked;
    await invalidateConcerned(client, [claimed]);
    expect(asked).toBe(before);
  });

  test.each(["first", "second"])(
    "that come during the %s fetch have it asked once more, and its answer shown",
    async (which) => {
      const client = createQueryClient();
      const log = look(client, queryKeyOf("GET /api/log", {}));
      const n = which === "first" ? 0 : 1;
      if (n === 1) {
        await log.answer(0, "first");
        void invalidateAll(client);
        await settled();
      }
      void invalidateConcerned(client, [claimed]);
      void invalidateConcerned(client, [claimed]);
      await settled();
      expect(log.asked()).toBe(n + 1);
      // Even on a slow connection the answer is shown.
      await log.answer(n, "from before");
      expect(log.data()).toBe("from before");
      expect(log.asked()).toBe(n + 2);
      await log.answer(n + 1, "now");
      expect(log.data()).toBe("now");
      expect(log.asked()).toBe(n + 2);
    },
  );

  test("that come during a failing fetch cause one more fetch", async () => {
    const client = createQueryClient();
    const log = look(client, queryKeyOf("GET /api/log", {}));
    void invalidateConcerned(client, [claimed]);
    await log.fail(0);
    expect(log.asked()).toBe(2);
  });
});

describe("a change made here", () => {
  test("refetches all shown queries", async () => {
    const client = createQueryClient();
    const services = look(client, queryKeyOf("GET /api/communities", {}));
    const form = look(client, queryKeyOf("GET /api/communities/:id/settings", { params: { id: "east" } }), null);
    for (const query of [services, form]) await query.answer(0, "first");
    void invalidateAll(client);
    await settled();
    expect([services.asked(), form.asked()]).toEqual([2, 1]);
  });

  test("shows the step's reply instead of an earlier answer, and refetches", async () => {
    const client = createQueryClient();
    const key = queryKeyOf("GET /api/communities/:id/roster/weeks/:monday", { params: { id: "east" } });
    const week = look(client, key);
    await week.answer(0, "draft");
    void invalidateAll(client);
    await settled();
    putAnswer(client, key, "moved");
    expect(week.signal(1).aborted).toBe(true);
    await week.answer(1, "from before");
    expect(week.data()).toBe("moved");
    expect(week.asked()).toBe(3);
    await week.answer(2, "moved, and more");
    expect(week.data()).toBe("moved, and more");
  });

  test("is only shown when no fetch is under way", async () => {
    const client = createQueryClient();
    const key = queryKeyOf("GET /api/communities/:id/roster/weeks/:monday", {});
    const week = look(client, key);
    await week.answer(0, "draft");
    putAnswer(client, key, "moved");
    expect([week.data(), week.asked()]).toEqual(["moved", 1]);
  });
});

describe("the poll", () => {
  test.each([
    ["before its time", 9_000, false, 1],
    ["at its time", 10_500, false, 2],
    ["beside live updates, at a time that is then too early", 59_000, true, 1],
    ["beside live updates, when it is late enough", 61_000, true, 2],
  ])("%s", async (_, after, isLive, asked) => {
    const client = createQueryClient();
    const log = look(client, queryKeyOf("GET /api/log", {}));
    const once = look(client, queryKeyOf("GET /api/communities", {}), null);
    for (const query of [log, once]) await query.answer(0, "first");
    void refetchDue(client, Date.now() + after, isLive);
    await settled();
    expect([log.asked(), once.asked()]).toEqual([asked, 1]);
  });

  test("does not cancel a slow fetch, and retries a failed one", async () => {
    const client = createQueryClient();
    const log = look(client, queryKeyOf("GET /api/log", {}));
    void refetchDue(client, Date.now() + 60_000, false);
    await settled();
    expect([log.asked(), log.signal(0).aborted]).toEqual([1, false]);
    await log.fail(0);
    void refetchDue(client, Date.now() + 1_000, false);
    await settled();
    expect(log.asked()).toBe(1);
    void refetchDue(client, Date.now() + 60_000, false);
    await settled();
    expect(log.asked()).toBe(2);
  });

  test("uses the shortest interval of the components, which may depend on the data", async () => {
    const client = createQueryClient();
    const key = queryKeyOf("GET /api/exports", {});
    const page = look(client, key, (data) => (data === "running" ? 500 : null));
    const badge = look(client, key, null);
    await page.answer(0, "running");
    expect(badge.asked()).toBe(0);
    void refetchDue(client, Date.now() + 1_000, false);
    await settled();
    expect(page.asked() + badge.asked()).toBe(2);
  });
});

test("fetches once for components that mount together", async () => {
  const client = createQueryClient();
  const key = queryKeyOf("GET /api/communities/:id/cadres", { params: { id: "east" } });
  const [menu, page] = [look(client, key), look(client, key)];
  expect([menu.asked(), page.asked()]).toEqual([1, 0]);
  await menu.answer(0, "林晓慧");
  expect(page.data()).toBe("林晓慧");
});

test("keeps the caches of different people separate", async () => {
  const [hers, his] = [createQueryClient(), createQueryClient()];
  const key = queryKeyOf("GET /api/inbox", {});
  const [before, after] = [look(hers, key), look(his, key)];
  hers.clear();
  await before.answer(0, "hers");
  expect(after.data()).toBeUndefined();
  await after.answer(0, "his");
  expect(after.data()).toBe("his");
});

test("refetches as many pages of a list as before, without duplicate rows", async () => {
  const client = createQueryClient();
  let ids = ["a", "b", "c", "d", "e"];
  const cursors: (string | undefined)[] = [];
  const observer = new InfiniteQueryObserver(client, {
    queryKey: queryKeyOf("GET /api/log", {}, "pages"),
    queryFn: ({ pageParam }) => {
      cursors.push(pageParam);
      const from = pageParam === undefined ? 0 : ids.indexOf(pageParam) + 1;
      const items = ids.slice(from, from + 2).map((id) => ({ id }));
      return { items, nextCursor: from + 2 < ids.length ? items.at(-1)!.id : null };
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    select: ({ pages }) => rowsOf(pages, ({ id }) => id),
    meta: { pollMs: POLL_MS },
  });
  onTestFinished(observer.subscribe(() => undefined));
  const shown = () => ({
    ids: observer.getCurrentResult().data?.items.map(({ id }) => id),
    more: observer.getCurrentResult().data?.more,
  });
  await settled();
  expect(shown()).toEqual({ ids: ["a", "b"], more: true });
  await observer.fetchNextPage();
  expect(shown()).toEqual({ ids: ["a", "b", "c", "d"], more: true });
  ids = ["new", ...ids];
  await invalidateConcerned(client, [claimed]);
  expect(shown()).toEqual({ ids: ["new", "a", "b", "c"], more: true });
  expect(cursors).toEqual([undefined, "b", undefined, "a"]);
  await observer.fetchNextPage();
  expect(shown()).toEqual({ ids: ["new", "a", "b", "c", "d", "e"], more: false });
});
