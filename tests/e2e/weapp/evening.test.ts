import { describe, expect, it, vi } from "vitest";
import { shiftEnds } from "../../../server/core/jobs/shift-ends.ts";
import { devtools } from "../../support/weapp-process.ts";
import { expectSilent, fileFromHome, resolveAndRate } from "../../support/weapp-scenarios.ts";
import { openWeappWorld } from "../../support/weapp-world.ts";

// The clock of the developer tools cannot be moved.
describe.skipIf(devtools !== "")("the main job on the evening of a holiday", async () => {
  /**
   * Labour Day, a holiday with closed offices. 林晓慧 has the split shift until 21:00, 周建明 that of the next
   * morning.
   */
  const opened = devtools ? null : await openWeappWorld("2026-05-01T20:40:00+08:00");

  it(
    "is offered to whoever is on the evening shift, taken, handed over at its end and resolved next morning",
    { timeout: 180_000 },
    async () => {
      const world = opened!;
      const { deps, relay } = world;
      const said = "信箱钥匙断在锁里了，今晚在家，麻烦来看一下";
      const resident = await world.phone("王雨晴");
      await fileFromHome(resident, said);

      const { items } = (await (await world.api("王雨晴")).call("GET /api/requests", { query: { scope: "mine" } })).ok;
      const id = items.find(({ description }) => description === said)?.id ?? expect.fail("it was not filed");
      const load = async () => (await deps.store.requests.load(id))!.request;
      const offeree = async () => (await load()).dispatch.offer?.cadreName ?? null;
      await expect.poll(offeree, { timeout: 20_000 }).not.toBeNull();
      // An offer expires after five minutes and goes to the next cadre.
      for (let minute = 45; (await offeree()) !== "林晓慧"; minute += 5) {
        const before = await offeree();
        expect(minute).toBeLessThan(60);
        world.becomes(`2026-05-01T20:${minute}:30+08:00`);
        await expect.poll(offeree, { timeout: 20_000 }).not.toBe(before);
      }

      const cadre = await world.phone("林晓慧");
      await cadre.open("/subpackages/cadre/queue/index");
      await cadre.sees(/派给您的/);
      await cadre.tap(/信箱钥匙断在锁里了/);
      await cadre.at("subpackages/cadre/request/index");
      await cadre.tap("接单");
      await cadre.sees("先行联系");
      await cadre.tap("先行联系");
      await cadre.at("subpackages/cadre/step/index");
      await cadre.write("textarea", "电话说好，明早带锁芯来换");
      await cadre.tap("记下联系");
      await cadre.sees("电话说好，明早带锁芯来换");
      expect(await load()).toMatchObject({ status: "handling", handlerName: "林晓慧" });

      // Notes for her other requests are written by the API, so that only this one is left.
      const api = await world.api("林晓慧");
      const owed = (await api.call("GET /api/duty/handover", {})).ok.requests.filter((request) => request.id !== id);
      for (const request of owed) {
        const body = { note: "和居民约好，上班接着办", cadreId: null };
        expect(
          (await api.call("POST /api/requests/:id/hand-over", { params: { id: request.id }, body })).code,
        ).toBeNull();
      }
      world.becomes("2026-05-01T20:58:00+08:00");
      await cadre.open("/subpackages/cadre/queue/index");
      await cadre.tap("下岗");
      await vi.waitFor(() => cadre.app.native().confirmModal(), 20_000);
      await cadre.at("subpackages/cadre/hand-over/index");
      await cadre.write("textarea", "锁芯在值班台抽屉，居民八点前在家");
      await cadre.tap("周建明，明天 7:30 上班");
      await cadre.tap("写好了");
      await cadre.sees("下岗");
      await cadre.tap("下岗");
      await cadre.sees("没有上岗");
      expect(await load()).toMatchObject({ status: "handling", handlerName: "周建明" });

      await resident.pullDown();
      await resident.sees(/林晓慧下班，由周建明接着办/);
      expect(await resident.reads()).not.toContain("值班台抽屉");

      world.becomes("2026-05-02T07:35:00+08:00");
      await shiftEnds.run(deps);
      expect(await load()).toMatchObject({ status: "handling", handlerName: "周建明" });
      const next = await world.phone("周建明");
      await next.open(`/subpackages/cadre/request/index?id=${id}`);
      await next.sees("林晓慧的交班说明");
      await next.sees("锁芯在值班台抽屉，居民八点前在家");
      await resolveAndRate(next, resident);

      await relay.drain();
      const rows = (await deps.store.log.ofRequest(id)).map(({ type }) => type.replace("request.", ""));
      const course = ["submitted", "claimed", "contacted", "handed_over", "resolved", "rated"];
      expect(rows.filter((type) => course.includes(type))).toEqual(course);
      expect(rows).toContain("offered");
      expectSilent(resident, cadre, next);
    },
  );
});
