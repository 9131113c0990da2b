import { describe, expect, it } from "vitest";
import { runDueEscalations } from "../../../server/core/usecases/requests/run-due-escalations.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { deps, clock, relay } = world;

const resident = await world.as(await world.resident());
const file = async (serviceCode = "parcel"): Promise<string> =>
  (await resident.call("POST /api/requests", { body: submission({ serviceCode }) })).ok.id;
const load = async (id: string) => (await deps.store.requests.load(id))!.request;

/** The request's escalations in the log: type, clock, and minutes from the submission to the due time. */
async function rungs(id: string): Promise<string[]> {
  await relay.drain();
  const { submittedAt } = await load(id);
  return (await deps.store.log.ofRequest(id))
    .filter(({ actorRole }) => actorRole === "system")
    .map(({ type, payload }) => {
      const { data } = JSON.parse(payload!) as { data: { clock: string; dueAt: string } };
      return `${type} ${data.clock} ${(Date.parse(data.dueAt) - submittedAt.getTime()) / 60_000}`;
    });
}

const wholeResponse = [
  "request.reminded respond 15",
  "request.reminded respond 24",
  "request.overdue respond 30",
  "request.supervised respond 45",
];

describe("escalations", () => {
  it("remind at half time and at 80 %, report overdue, then supervision, each in its time", async () => {
    const id = await file();
    const seen: number[] = [];
    for (let minute = 0; minute <= 50; minute++) {
      await runDueEscalations(deps);
      seen.push((await load(id)).version);
      clock.pass(1);
    }
    expect(await rungs(id)).toEqual(wholeResponse);
    expect(seen.flatMap((version, minute) => (version > (seen[minute - 1] ?? 1) ? [minute] : []))).toEqual([
      15, 24, 30, 45,
    ]);
    expect((await load(id)).clocks.escalation).toMatchObject({ level: "supervised", clock: "respond" });
  });

  it("that are late run in order, with the times at which they were due", async () => {
    const id = await file();
    clock.pass(45);
    await runDueEscalations(deps);
    expect(await rungs(id)).toEqual(wholeResponse);
    await runDueEscalations(deps);
    expect((await load(id)).version).toBe(5);
  });

  it("taken by sixteen processes at once happen once each", async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, () => file()));
    clock.pass(46);
    await Promise.all(Array.from({ length: 16 }, () => runDueEscalations(deps)));
    for (const id of ids) expect(await rungs(id)).toEqual(wholeResponse);
  });

  it("that are interrupted are continued by the next run, none twice", async () => {
    const ids = await Promise.all(Array.from({ length: 6 }, () => file()));
    clock.pass(46);
    let saves = 0;
    const dying = {
      ...deps,
      store: {
        ...deps.store,
        requests: {
          ...deps.store.requests,
          saveStep: (...args: Parameters<typeof deps.store.requests.saveStep>) => {
            if (++saves > 9) throw new Error("the machine died");
            return deps.store.requests.saveStep(...args);
          },
        },
      },
    };
    await expect(runDueEscalations(dying)).rejects.toThrow("died");
    await runDueEscalations(deps);
    for (const id of ids) expect(await rungs(id)).toEqual(wholeResponse);
  });

  it("leave the response out after the first contact, which also ends its being overdue", async () => {
    const id = await file();
    const cadre = await world.as(await world.cadre());
    clock.pass(31);
    await runDueEscalations(deps);
    expect((await load(id)).clocks.escalation).toMatchObject({ level: "overdue", clock: "respond" });
    await cadre.call("POST /api/requests/:id/claim", { params: { id } });
    await cadre.call("POST /api/requests/:id/first-contact", { params: { id }, body: { note: "已电话联系" } });
    expect((await load(id)).clocks.escalation).toBeNull();
    clock.pass(700);
    await runDueEscalations(deps);
    expect((await rungs(id)).slice(3)).toEqual(["request.reminded resolve 720"]);
  });

  it("do not run for requests that are resolved or wait for the resident", async () => {
    const [done, waits] = [await file(), await file()];
    const cadre = await world.as(await world.cadre());
    for (const id of [done, waits]) await cadre.call("POST /api/requests/:id/claim", { params: { id } });
    await cadre.call("POST /api/requests/:id/resolve", { params: { id: done }, body: { result: "已送到" } });
    await cadre.call("POST /api/requests/:id/ask", { params: { id: waits }, body: { text: "取件码？" } });
    clock.pass(5_000);
    await runDueEscalations(deps);
    expect(await rungs(done)).toEqual([]);
    expect(await rungs(waits)).toEqual([]);
  });
});
