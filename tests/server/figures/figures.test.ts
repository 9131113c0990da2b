import type { Request } from "../../../server/core/domain/requests/request.ts";
import { describe, expect, it } from "vitest";
import { handlingCycleSelections } from "../../../contract/modules/figures.ts";
import { replay } from "../../../server/log/consumer.ts";
import { figuresConsumer } from "../../../server/modules/figures/consumer.ts";
import { rollupRefresh } from "../../../server/modules/figures/job.ts";
import { rebuildRollups } from "../../../server/modules/figures/usecases/rebuild-rollups.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { deps, relay, clock } = world;
const cadres = [await world.cadre("east", { name: "王敏" }), await world.cadre("east", { name: "李强" })];
const clerk = await world.as(await world.staff("committee"));
const period = { from: "2020-01-01", to: "2021-01-01" };
const today = { from: dayOf(clock.now()), to: dayOf(clock.now()) };

function dayOf(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
}

const scores = (n: number) => ({ response: n, attitude: n, result: n });

/** Files a request and takes the given steps. */
async function lived(
  cadre: number,
  ...steps: ("contact" | "resolve" | "withdraw" | "late" | number)[]
): Promise<string> {
  const mine = await world.as(await world.resident());
  const theirs = await world.as(cadres[cadre] ?? null);
  const { id } = (await mine.call("POST /api/requests", { body: submission() })).ok;
  const params = { id };
  for (const step of steps) {
    if (step === "late") clock.pass(31);
    else if (step === "withdraw")
      await mine.call("POST /api/requests/:id/withdraw", { params, body: { reason: "不用了" } });
    else if (typeof step === "number") {
      const outcome = step === 1 ? "unsolved" : step < 4 ? "partly" : "solved";
      const body = { outcome, scores: scores(step) } as const;
      expect((await mine.call("POST /api/requests/:id/rate", { params, body })).status).toBe(200);
    } else {
      await theirs.call("POST /api/requests/:id/claim", { params });
      if (step === "contact") {
        await theirs.call("POST /api/requests/:id/first-contact", { params, body: { note: "电话联系了" } });
      } else {
        expect((await theirs.call("POST /api/requests/:id/resolve", { params, body: { result: "好了" } })).status).toBe(
          200,
        );
      }
    }
  }
  return id;
}

await lived(0, "contact", "resolve", 5);
await lived(0, "resolve", 4);
await lived(0, "resolve", 1, "resolve", 5);
await lived(1, "late", "contact", "resolve", 3);
await lived(1, "resolve");
await lived(1, "withdraw");
await lived(1, "late", "late");
await relay.drain();

const figures = async (query: { by?: "service" | "cadre" | "day" | "month"; cadreId?: string } = {}) =>
  (await clerk.call("GET /api/figures", { query: { ...today, ...query } })).ok;

describe("figures", () => {
  it("are counted by handling cycles, and rates are shares of what was due and of what was rated", async () => {
    const { total } = await figures();
    expect(total.counts).toMatchObject({
      opened: 8,
      responded: 6,
      respondedInTime: 5,
      overdueRespond: 1,
      resolved: 6,
      rated: 5,
      solved: 3,
      partly: 1,
      unsolved: 1,
      satisfied: 3,
      withdrawn: 1,
    });
    expect(total.rates.response).toEqual({ part: 5, whole: 7, share: 5 / 7 });
    expect(total.rates.resolution).toEqual({ part: 3, whole: 5, share: 0.6 });
    expect(total.averages).toEqual({ response: 3.6, attitude: 3.6, result: 3.6 });
  });

  it("of the rows add up to the total", async () => {
    for (const by of ["service", "cadre", "day", "month"] as const) {
      const { total, rows } = await figures({ by });
      for (const [measure, count] of Object.entries(total.counts)) {
        const sum = rows.reduce((n, row) => n + (row.counts[measure as "opened"] ?? 0), 0);
        expect(sum, `${by} ${measure}`).toBe(count);
      }
    }
    const { rows } = await figures({ by: "cadre" });
    expect(rows.map(({ title }) => title).toSorted()).toEqual(["", "李强", "王敏"]);
  });

  it("equal the length of the list behind them, page by page", async () => {
    const { total } = await figures();
    for (const of of handlingCycleSelections) {
      const count = total.counts[of] ?? 0;
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = (await clerk.call("GET /api/handling-cycles", { query: { ...today, of, limit: 2, cursor } })).ok;
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      expect([of, new Set(seen).size, seen.length]).toEqual([of, count, count]);
    }
  });

  it("of handling cycles without a handler have their list, too", async () => {
    const { rows } = await figures({ by: "cadre" });
    const nobody = rows.find(({ key }) => key === null);
    const query = { ...today, cadreId: "none", of: "opened" } as const;
    const { items } = (await clerk.call("GET /api/handling-cycles", { query })).ok;
    expect(items.length).toBeGreaterThan(0);
    expect(items.map(({ cadreId }) => cadreId)).toEqual(items.map(() => null));
    expect(items).toHaveLength(nobody?.counts.opened ?? 0);
    expect((await figures({ cadreId: "none" })).total.counts.opened).toBe(items.length);
  });

  it("equal a count over the requests", async () => {
    const requests = (await world.dump()).filter(
      (document): document is Pick<Request, "status" | "outcome"> =>
        typeof document === "object" && document !== null && "dispatch" in document,
    );
    const { counts } = (await figures()).total;
    expect(requests.length + requests.reduce((n, r) => n + r.outcome.reworkCount, 0)).toBe(counts.opened);
    expect(requests.filter((r) => r.outcome.rating?.outcome === "solved").length).toBe(counts.solved);
    expect(requests.filter((r) => r.status === "withdrawn").length).toBe(counts.withdrawn);
  });

  it("include a change at once, and give their time", async () => {
    const before = (await figures()).total.counts.opened ?? 0;
    await lived(0);
    await relay.drain();
    const after = await figures();
    expect(after.total.counts.opened).toBe(before + 1);
    expect(after.asOf).toBe(clock.now().toISOString());
  });
});

describe("a rebuild from the log", () => {
  it("gives exactly the same figures, even after the stored ones were damaged", async () => {
    const before = await figures({ by: "cadre" });
    const cycles = await deps.handlingCycles.ofDay("east", today.from);
    await deps.handlingCycles.save([{ cycles: cycles.map((cycle) => ({ ...cycle, counts: [] })), version: 1_000_000 }]);
    await deps.rollups.markStale([{ communityId: "east", day: today.from }]);
    expect((await figures()).total.counts.opened).toBe(0);
    await deps.handlingCycles.clear();
    const consumer = figuresConsumer(deps);
    await rebuildRollups(deps, (id) => replay(deps.store, consumer, id));
    expect(await figures({ by: "cadre" })).toEqual(before);
  });

  it("counts nothing twice when it is repeated or runs twice at once", async () => {
    const before = await figures();
    const consumer = figuresConsumer(deps);
    await Promise.all([replay(deps.store, consumer, "east"), replay(deps.store, consumer, "east")]);
    expect(await figures()).toEqual(before);
  });

  it("a change during the recomputation of its day is not lost", async () => {
    const [mark] = await staleAfterMark();
    const cycles = await deps.handlingCycles.ofDay("east", today.from);
    await deps.rollups.markStale([{ communityId: "east", day: today.from }]);
    await deps.rollups.save(
      { communityId: "east", day: today.from, cells: [], hours: [], buildings: [] },
      mark?.stale ?? 0,
    );
    expect(await deps.rollups.stale(["east"], today.from, today.to)).toHaveLength(1);
    expect((await figures()).total.counts.opened).toBe(cycles.length);
  });

  it("roll-ups are stored by the job, not by reads", async () => {
    await staleAfterMark();
    const before = await figures();
    expect(await deps.rollups.stale(["east"], today.from, today.to)).toHaveLength(1);
    await rollupRefresh.run(deps);
    expect(await deps.rollups.stale(["east"], today.from, today.to)).toEqual([]);
    expect(await figures()).toEqual(before);
  });

  async function staleAfterMark() {
    await deps.rollups.markStale([{ communityId: "east", day: today.from }]);
    return deps.rollups.stale(["east"], today.from, today.to);
  }
});

describe("who may see figures", () => {
  it.each([
    ["a resident", async () => world.resident()],
    ["a cadre", async () => world.cadre()],
    ["a partner", async () => world.staff("partner")],
  ])("not %s", async (_who, someone) => {
    const api = await world.as(await someone());
    expect((await api.call("GET /api/figures", { query: today })).code).toBe("auth.forbidden");
    expect((await api.call("GET /api/handling-cycles", { query: { ...today, of: "rated" } })).code).toBe(
      "auth.forbidden",
    );
  });

  it("not the committee of another community", async () => {
    const other = await world.as(await world.staff("committee", ["west"]));
    expect((await other.call("GET /api/figures", { query: today })).ok.total.counts.opened).toBe(0);
    const asked = await other.call("GET /api/figures", { query: { ...today, communityId: "east" } });
    expect(asked.code).toBe("auth.forbidden");
  });

  it("a supervisor, side by side, without single scores", async () => {
    const supervisor = await world.as(await world.staff("supervisor", ["east", "west"]));
    const { rows } = (await supervisor.call("GET /api/figures", { query: { ...today, by: "community" } })).ok;
    expect(rows.map(({ title }) => title)).toEqual(["东苑"]);
    const { items } = (await supervisor.call("GET /api/handling-cycles", { query: { ...today, of: "rated" } })).ok;
    expect(items.map((cycle) => cycle.scores)).toEqual(items.map(() => null));
  });

  it("a handler: residents' ratings in batches of five, once they are final, regardless of the period", async () => {
    const mine = await world.as(cadres[0] ?? null);
    const own = async (query = today) => {
      await relay.drain();
      const { counts, averages, rates } = (await mine.call("GET /api/figures/mine", { query })).ok;
      return [counts.rated, averages, rates.satisfaction.whole, counts.unsolved];
    };
    expect(await own()).toEqual([4, null, 0, 0]);
    await lived(0, "resolve", 5);
    expect(await own()).toEqual([5, null, 0, 0]);
    clock.pass(1);
    await lived(0, "resolve", 2);
    clock.pass(24 * 60);
    const five = [{ response: 4, attitude: 4, result: 4 }, 5, 1];
    // The sixth rating is counted but does not change the means, neither in another period nor in a repeated query.
    expect(await own()).toEqual([6, ...five]);
    const yesterday = { from: "2020-01-01", to: "2020-01-02" };
    expect(await own(yesterday)).toEqual([0, ...five]);
  });

  it("of a period that ends after its start and is not too long", async () => {
    const asked = await clerk.call("GET /api/figures", { query: { from: "2020-02-01", to: "2020-01-01" } });
    expect([asked.status, asked.code]).toEqual([422, "figures.period_invalid"]);
    expect((await clerk.call("GET /api/figures", { query: { ...period, to: "2022-01-01" } })).code).toBe(
      "figures.period_invalid",
    );
  });
});
