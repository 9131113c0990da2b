import { describe, expect, it } from "vitest";
import { retentionPeriods } from "../../../server/core/domain/privacy/retention-periods.ts";
import { recordLogin } from "../../../server/core/usecases/audit/record-login.ts";
import { recordLoginFailure } from "../../../server/core/usecases/audit/record-login-failure.ts";
import { createMemoryAnchors } from "../../../server/log/anchors.ts";
import { verifyLog } from "../../../server/log/verify-log.ts";
import { retention } from "../../../server/core/jobs/retention.ts";
import { sweepFiles } from "../../../server/core/usecases/files/sweep-files.ts";
import { phonePhoto } from "../../support/photos.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const anchors = createMemoryAnchors();
const world = await openWorld({ anchors });
const { deps, relay, clock } = world;
const DAY = 24 * 60;
const SECRET = "取件码八二一";
const resident = await world.resident();
const mine = await world.as(resident);
const cadre = await world.cadre();
const his = await world.as(cadre);
const clerk = await world.as(await world.staff("committee"));

/** A request that a rating has closed, with texts in every field. */
async function ended(): Promise<string> {
  const startedAt = clock.now();
  const until = new Date(startedAt.getTime() + 3_600_000);
  await deps.store.users.update(cadre.id, { duty: { communityId: "east", startedAt, until } });
  const params = { id: (await mine.call("POST /api/requests", { body: submission({ description: SECRET }) })).ok.id };
  await his.call("POST /api/requests/:id/claim", { params });
  await his.call("POST /api/requests/:id/note", { params, body: { text: `${SECRET}，已取` } });
  await mine.call("POST /api/requests/:id/message", { params, body: { text: `${SECRET}，放门口` } });
  await his.call("POST /api/requests/:id/resolve", { params, body: { result: `${SECRET}送到` } });
  const scores = { response: 5, attitude: 5, result: 5 };
  await mine.call("POST /api/requests/:id/rate", {
    params,
    body: { outcome: "solved", scores, tags: [], comment: SECRET },
  });
  return params.id;
}
/** A withdrawn request with a photo in a resident's message. Returns the photo's id. */
async function shownInMessage(): Promise<string> {
  const params = { id: (await mine.call("POST /api/requests", { body: submission() })).ok.id };
  await his.call("POST /api/requests/:id/claim", { params });
  const photo = (await deps.files.stage(resident.id, await phonePhoto(), clock.now())).id;
  await mine.call("POST /api/requests/:id/message", { params, body: { text: SECRET, fileIds: [photo] } });
  await mine.call("POST /api/requests/:id/withdraw", { params, body: { reason: SECRET } });
  return photo;
}
const load = async (id: string) => (await deps.store.requests.load(id))!.request;
const everything = async (): Promise<string> => JSON.stringify(await world.dump());

describe("what was kept for its time", () => {
  it("is erased, not a day before, and the chain verifies; what is open stays", async () => {
    const id = await ended();
    await mine.call("POST /api/complaints", { body: { communityId: "east", text: `${SECRET}投诉` } });
    const photo = await shownInMessage();
    await relay.drain();
    // The hourly sweep marks the photo as shown by a message.
    clock.pass(120);
    await sweepFiles(deps);
    const before = await everything();
    clock.pass((retentionPeriods.request.days - 1) * DAY);
    await retention.run(deps);
    expect((await load(id)).content.description).toBe(SECRET);
    const open = (await mine.call("POST /api/requests", { body: submission({ description: "还没办" }) })).ok.id;
    await relay.drain();

    clock.pass(2 * DAY);
    await retention.run(deps);
    await sweepFiles(deps);
    const after = await everything();
    for (const trace of [SECRET, resident.name!]) expect(before).toContain(trace);
    expect(after).not.toContain(SECRET);
    expect(before).toContain(photo);
    expect(await deps.files.describe([photo])).toEqual([]);
    const gone = await load(id);
    expect(gone).toMatchObject({
      status: "closed",
      party: { residentName: "" },
      outcome: { rating: { outcome: "solved", comment: "" } },
    });
    expect(deps.keys.open(gone.content.contact.phone, "phone")).toBe("");
    expect(gone.content.place.building).toBe("1号楼");
    expect(await load(open)).toMatchObject({
      content: { description: "还没办" },
      party: { residentName: resident.name },
    });
    // The names of staff in their steps are kept.
    const rows = await deps.store.log.ofRequest(id);
    expect(rows.find(({ type }) => type === "request.claimed")?.payload).toContain(cadre.name);
    expect(rows.find(({ type }) => type === "request.submitted")?.payload).toBeNull();
    expect((await verifyLog(deps.store, deps.keys, anchors)).faults).toEqual([]);
    // The committee can still read the request's remaining fields.
    const read = await clerk.call("GET /api/requests/:id", { params: { id } });
    expect(read.ok).toMatchObject({ status: "closed", description: "" });
  });

  it("is erased once by two machines at once, and a broken-off erasure is gone on with", async () => {
    const ids = [await ended(), await ended(), await ended()];
    await relay.drain();
    clock.pass((retentionPeriods.request.days + 1) * DAY);
    const breaking = {
      ...deps,
      files: {
        ...deps.files,
        forget: async () => {
          throw new Error("the machine is gone");
        },
      },
    };
    await expect(retention.run(breaking)).rejects.toThrow("gone");
    expect(await deps.store.requests.outlived(clock.now(), 10)).toHaveLength(3);
    await Promise.all([retention.run(deps), retention.run(deps)]);
    expect(await deps.store.requests.outlived(clock.now(), 10)).toEqual([]);
    for (const id of ids) expect((await load(id)).content.description).toBe("");
    expect(await everything()).not.toContain(SECRET);
    const dump = await everything();
    await retention.run(deps);
    expect(await everything()).toBe(dump);
    expect((await verifyLog(deps.store, deps.keys, anchors)).faults).toEqual([]);
  });

  it("ends for notices and failed logins after a year, for those that are in the log", async () => {
    await ended();
    await recordLoginFailure(deps, { how: "password", userId: cadre.id, address: "192.0.2.1" });
    await recordLogin(deps, cadre, { how: "phone", device: null, address: "192.0.2.1" });
    await relay.drain();
    expect((await deps.store.notices.list([resident.id], 10)).items.length).toBeGreaterThan(0);
    const verify = async () => (await verifyLog(deps.store, deps.keys, anchors, {}, { now: clock.now() })).faults;
    clock.pass((retentionPeriods.notice.days + 1) * DAY);
    expect(await verify()).toEqual([]);
    await retention.run(deps);
    expect((await deps.store.notices.list([resident.id], 10)).items).toEqual([]);
    // Their documents are gone, their rows are not, and that is no fault. Before their time it would be one.
    expect(await verify()).toEqual([]);
    const early = await verifyLog(
      deps.store,
      deps.keys,
      anchors,
      {},
      { now: new Date(clock.now().getTime() - 3 * DAY * 60_000) },
    );
    expect(early.faults.map(({ kind }) => kind)).toEqual(["gone", "gone"]);
  });
});
