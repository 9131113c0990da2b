import { expect, it } from "vitest";
import { shiftEnds } from "../../../server/core/jobs/shift-ends.ts";
import { readRow } from "../../../server/log/read-row.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { deps, clock, relay } = world;
const resident = await world.as(await world.resident());

/** A claimed request, and one with the first contact made. */
async function shift() {
  const cadre = await world.cadre();
  const api = await world.as(cadre);
  const ids: string[] = [];
  for (let n = 0; n < 2; n++) ids.push((await resident.call("POST /api/requests", { body: submission() })).ok.id);
  const [unstarted = "", begun = ""] = ids;
  for (const id of ids) await api.call("POST /api/requests/:id/claim", { params: { id } });
  const body = { note: "已电话联系" };
  await api.call("POST /api/requests/:id/first-contact", { params: { id: begun }, body });
  return { cadre, api, unstarted, begun };
}
const load = async (id: string) => (await deps.store.requests.load(id))!.request;

it("when a duty is ended, what was not begun goes back to the queue, and what was begun stays", async () => {
  const { cadre, api, unstarted, begun } = await shift();
  await api.call("POST /api/duty/end", { body: { notesLater: true } });
  expect(await load(unstarted)).toMatchObject({
    status: "queued",
    handlerId: null,
    dispatch: { offeredTo: [cadre.id], returnCount: 0 },
  });
  expect(await load(begun)).toMatchObject({ status: "handling", handlerId: cadre.id });
});

it("when a duty ends by itself, the job does it, once, however often it runs at once", async () => {
  const { cadre, unstarted, begun } = await shift();
  await shiftEnds.run(deps);
  expect((await load(unstarted)).status).toBe("claimed");
  clock.pass(3 * 60);
  await Promise.all(Array.from({ length: 8 }, () => shiftEnds.run(deps)));
  expect(await load(begun)).toMatchObject({ status: "handling", handlerId: cadre.id });
  await relay.drain();
  const types = (await deps.store.log.ofRequest(unstarted)).map(({ type }) => type);
  expect(types).toEqual(["request.submitted", "request.claimed", "request.requeued"]);
});

it("leaves alone what the committee gave to a cadre who is off duty", async () => {
  const { cadre, unstarted } = await shift();
  clock.pass(4 * 60);
  const desk = await world.as(await world.staff("committee"));
  await desk.call("POST /api/requests/:id/assign", { params: { id: unstarted }, body: { cadreId: cadre.id } });
  await shiftEnds.run(deps);
  expect(await load(unstarted)).toMatchObject({ status: "claimed", handlerId: cadre.id });
});

it("when the next duty begins before the job has run, the last one is ended by it: in the log, and what was not begun goes back", async () => {
  clock.pass(24 * 60);
  const { cadre, api, unstarted, begun } = await shift();
  const until = new Date(clock.now().getTime() + 30 * 60_000);
  await api.call("POST /api/duty/start", { body: { until: until.toISOString() } });
  clock.set(new Date(until.getTime() + 10_000));
  const next = new Date(until.getTime() + 60 * 60_000).toISOString();
  await api.call("POST /api/duty/start", { body: { until: next } });
  expect(await load(unstarted)).toMatchObject({ status: "queued", handlerId: null });
  expect(await load(begun)).toMatchObject({ status: "handling", handlerId: cadre.id });
  await relay.drain();
  const rows = (await deps.store.log.after("east", 0, 1_000)).filter(({ _id }) => _id.startsWith(`${cadre.id}:`));
  expect(rows.map(({ type }) => type).slice(-3)).toEqual(["duty.started", "duty.ended", "duty.started"]);
  expect(readRow(rows.at(-2)!).data).toMatchObject({ byItself: true, until: until.toISOString() });
});
