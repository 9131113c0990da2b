import { expect, it } from "vitest";
import type { CommunitySettings } from "../../../contract/community-settings.ts";
import { submission } from "../../support/requests.ts";
import { service } from "../../support/places.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { deps, relay } = world;
const east = { id: "east" };
const clerk = await world.as(await world.staff("committee"));
const read = async (): Promise<CommunitySettings> =>
  (await clerk.call("GET /api/communities/:id/settings", { params: east })).ok;
const put = (body: CommunitySettings, by = clerk) =>
  by.call("PUT /api/communities/:id/settings", { params: east, body });

it("are what new deadlines are counted by; those that are set stay", async () => {
  const { value } = (await deps.store.communities.load("east"))!;
  const slow = service("papers", { clock: "working", respondMinutes: 60, resolveMinutes: 120 });
  await deps.store.communities.save({ ...value, services: [...value.services, slow] });
  const resident = await world.as(await world.resident());
  const file = async () =>
    (await resident.call("POST /api/requests", { body: submission({ serviceCode: "papers" }) })).ok;
  // On Monday at 20:40 the office is closed until Tuesday 9:00.
  const before = await file();
  expect(before.respondBy).toBe("2026-03-03T02:00:00.000Z");
  await put({ ...(await read()), workingHours: { weekdays: [1, 2, 3, 4, 5, 6, 7], spans: [[480, 1320]] } });
  expect((await file()).respondBy).toBe("2026-03-02T13:40:00.000Z");
  expect((await resident.call("GET /api/requests/:id", { params: { id: before.id } })).ok.respondBy).toBe(
    before.respondBy,
  );
});

it("say how long an offer stands, and each change is one row that says what it was", async () => {
  const before = await read();
  await put({ ...before, offerMinutes: 9 });
  await put({ ...before, offerMinutes: 9 });
  await relay.drain();
  const rows = (await clerk.call("GET /api/audit", { query: { kind: "config", limit: 20 } })).ok.items;
  const changes = rows.filter(({ data }) => JSON.stringify(data["fields"]) === '["offerMinutes"]');
  expect(changes).toHaveLength(1);
  expect(changes[0]?.data).toMatchObject({ before: { offerMinutes: before.offerMinutes }, after: { offerMinutes: 9 } });
});

it("that two clerks change at once are those of one of them, and the other hears of it", async () => {
  const colleague = await world.as(await world.staff("committee"));
  for (let n = 0; n < 6; n++) {
    const before = await read();
    const answers = await Promise.all([
      put({ ...before, address: `第${n}次改的地址` }),
      put({ ...before, phone: `021-5551000${n}` }, colleague),
    ]);
    expect(new Set(answers.map(({ code }) => code))).toEqual(new Set([null, "edit.outdated"]));
    expect(await read()).toEqual(answers.find(({ code }) => code === null)!.ok);
  }
});

it("name the head of the unit, who stands on what is to be done again", async () => {
  await put({ ...(await read()), unitHead: "居委会主任 王建国" });
  const mine = await world.as(await world.resident());
  const his = await world.as(await world.cadre());
  const params = { id: (await mine.call("POST /api/requests", { body: submission() })).ok.id };
  await his.call("POST /api/requests/:id/claim", { params });
  await his.call("POST /api/requests/:id/resolve", { params, body: { result: "看过了" } });
  const scores = { response: 3, attitude: 4, result: 1 };
  const again = await mine.call("POST /api/requests/:id/rate", { params, body: { outcome: "unsolved", scores } });
  expect(again.ok).toMatchObject({ status: "queued", reworkCount: 1, unitHead: "居委会主任 王建国" });
});

it("keep an office that opens at some time, in hours of one day", async () => {
  const sound = await read();
  for (const workingHours of [
    { weekdays: [], spans: sound.workingHours.spans },
    { weekdays: [1], spans: [] },
  ])
    expect((await put({ ...sound, workingHours })).code).toBe("community.closed");
  const crossed = {
    weekdays: [1],
    spans: [
      [600, 720],
      [660, 800],
    ] as [number, number][],
  };
  expect((await put({ ...sound, workingHours: crossed })).code).toBe("roster.spans_invalid");
  expect(await read()).toEqual(sound);
});

it("are the business of the committee of that community", async () => {
  const sound = await read();
  for (const user of [
    await world.staff("committee", ["west"]),
    await world.cadre(),
    await world.staff("supervisor"),
    await world.resident(),
  ]) {
    const api = await world.as(user);
    expect((await put({ ...sound, phone: "假" }, api)).code).toBe("auth.forbidden");
    expect((await api.call("GET /api/communities/:id/settings", { params: east })).code).toBe("auth.forbidden");
  }
});
