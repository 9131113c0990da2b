import { randomUUID } from "node:crypto";
import mongoose from "mongoose";
import { describe, expect, it } from "vitest";
import { operator } from "../../../server/core/domain/people/posts.ts";
import { createMemoryAnchors } from "../../../server/log/anchors.ts";
import { eraseRows } from "../../../server/log/erase-rows.ts";
import { sealedBlanks } from "../../../server/core/usecases/accounts/erase-person.ts";
import { type LogFault, verifyLog } from "../../../server/log/verify-log.ts";
import { connect } from "../../../server/core/store/connection.ts";
import { giveAccount } from "../../../server/core/usecases/accounts/give-account.ts";
import { mergeAccounts } from "../../../server/core/usecases/accounts/merge-accounts.ts";
import { openCommunity } from "../../../server/core/usecases/community/open-community.ts";
import type { Api } from "../../support/api.ts";
import { freshDatabase } from "../../support/engine.ts";
import { community } from "../../support/places.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const database = freshDatabase();
const anchors = createMemoryAnchors();
const connection = await connect(database.uri, database.name);
const world = await openWorld({ connection, anchors });
const { deps, relay } = world;

/** Access to the database without the keys. */
type Document = mongoose.mongo.Document;
const collection = (name: string): mongoose.mongo.Collection<Document> => connection.collection(name);
const requests = collection("requests");
const idOf = (id: string) => new mongoose.Types.ObjectId(id);
const verify = async (): Promise<LogFault[]> => (await verifyLog(deps.store, deps.keys, anchors)).faults;

const cadre = await world.cadre();
const other = await world.cadre();
const clerk = await world.as(await world.staff("committee"));
const [handler, resident] = [await world.as(cadre), await world.as(await world.resident())];
async function file() {
  const { id } = (await resident.call("POST /api/requests", { body: submission() })).ok;
  return { id, no: (await deps.store.requests.load(id))!.request.no };
}
const claim = (id: string) => handler.call("POST /api/requests/:id/claim", { params: { id } });
const good = {
  outcome: "solved" as const,
  scores: { response: 5, attitude: 5, result: 4 },
  tags: ["热情"],
  comment: "谢谢小王",
};
async function rated() {
  const { id, no } = await file();
  await claim(id);
  await handler.call("POST /api/requests/:id/resolve", { params: { id }, body: { result: "已送到", fileIds: [] } });
  expect((await resident.call("POST /api/requests/:id/rate", { params: { id }, body: good })).status).toBe(200);
  return { id, no };
}

/** Changes a request's document without a step, returns the faults found, and restores the document. */
async function changed(id: string, change: Document): Promise<LogFault[]> {
  const before = (await requests.findOne({ _id: idOf(id) }))!;
  await requests.updateOne({ _id: idOf(id) }, change);
  const found = await verify();
  await requests.replaceOne({ _id: idOf(id) }, before);
  return found;
}

describe("log:verify finds that somebody wrote to the database", { timeout: 60_000 }, () => {
  const late = new Date("2030-01-01T00:00:00Z");

  it.each<[string, Document, RegExp]>([
    ["the status", { $set: { status: "resolved" } }, /（status）：数据库里是 resolved，台账推出的是 claimed/],
    ["who holds it", { $set: { handlerId: other.id } }, new RegExp(`（handlerId）：数据库里是 ${other.id}，台账推出的是 ${cadre.id}`)],
    ["a deadline", { $set: { "clocks.resolveBy": late } }, /（resolveBy）：数据库里是 2030-01-01T00:00:00.000Z，台账推出的是 2/],
    ["the first deadline", { $set: { "clocks.respondBy": late } }, /（respondBy）/],
    ["when it was claimed", { $set: { "clocks.claimedAt": late } }, /（claimedAt）/],
    ["when it was filed", { $set: { submittedAt: late } }, /（submittedAt）/],
    ["that it is ever overdue", { $set: { "clocks.escalations": [], "clocks.dueAt": null } }, /（overdueAt）：数据库里是 空/],
    ["whose it is", { $set: { residentId: other.id } }, /（residentId）/],
    ["where it is", { $set: { communityId: "west" } }, /（communityId）：数据库里是 west，台账推出的是 east/],
    ["a rating that nobody gave", { $set: { "outcome.rating": { ...good, at: late } } }, /（rating.outcome）：数据库里是 solved，台账推出的是 空/],
    ["that it was done again", { $set: { "outcome.reworkCount": 3 } }, /（reworkCount）：数据库里是 3，台账推出的是 0/],
    ["that it was given back", { $set: { "dispatch.returnCount": 2 } }, /（returnCount）/],
  ])("%s", async (_what, change, sentence) => {
    const { id, no } = await file();
    await claim(id);
    const found = await changed(id, change);
    expect(found.map(({ what }) => what).join("\n")).toMatch(sentence);
    for (const { kind, where, what } of found) {
      expect([kind, where]).toEqual(["state", `requests ${id}`]);
      expect(what).toContain(no);
    }
    // The faults are the same before and after the relay has run.
    await relay.drain();
    expect(await changed(id, change)).toEqual(found);
    expect(await verify()).toEqual([]);
  }); // prettier-ignore

  it.each<[string, Document, RegExp]>([
    ["the outcome of a rating", { "outcome.rating.outcome": "partly" }, /（rating.outcome）：数据库里是 partly，台账推出的是 solved/],
    ["a score", { "outcome.rating.scores.attitude": 1 }, /（rating.scores）：数据库里是 5\/1\/4，台账推出的是 5\/5\/4/],
    ["the words of a rating", { "outcome.rating.comment": "没来过" }, /（rating.comment）：数据库里的与台账里的不同/],
    ["that there was a rating", { "outcome.rating": null }, /（rating.at）：数据库里是 空/],
    ["when it was over", { "clocks.closedAt": late }, /（closedAt）/],
    ["the words of a rating, emptied", { "outcome.rating.comment": "" }, /（rating.comment）/],
  ])("%s", async (_what, set, sentence) => {
    const { id } = await rated();
    await relay.drain();
    const found = (await changed(id, { $set: set })).map(({ what }) => what).join("\n");
    expect(found).toMatch(sentence);
    expect(found).not.toContain("没来过");
    expect(await verify()).toEqual([]);
  }); // prettier-ignore

  it("a request taken away", async () => {
    const { id, no } = await file();
    await relay.drain();
    const before = (await requests.findOne({ _id: idOf(id) }))!;
    await requests.deleteOne({ _id: idOf(id) });
    expect(await verify()).toEqual([
      { kind: "gone", where: `requests ${id}`, what: `诉求 ${no} 在台账里，数据库里没有了` },
    ]);
    await requests.insertOne(before);
    expect(await verify()).toEqual([]);
  });

  it("a step that is told in a log of no community, to make a change look right", async () => {
    const { id } = await file();
    await relay.drain();
    const log = collection("service_log");
    const row = (await log.findOne({ _id: `${id}:1` } as Document))!;
    const forged = { ...row, _id: `${id}:2`, communityId: "nowhere", pos: 1, type: "request.withdrawn" } as Document;
    await log.insertOne(forged);
    const found = await changed(id, { $set: { status: "withdrawn", version: 2 } });
    await log.deleteOne({ _id: `${id}:2` } as Document);
    expect(found.map(({ where, what }) => `${where}: ${what}`)).toEqual([`requests ${id}: versions 2 are in no log`]);
  });
});

describe("log:verify finds that somebody wrote posts to the database", { timeout: 60_000 }, () => {
  const users = collection("users");
  /** Faults of one person's posts. Other people of this world were inserted without events and are left out. */
  const posts = async (of: string): Promise<string[]> =>
    (await verifyLog(deps.store, deps.keys, anchors, {}, { strict: true })).faults
      .filter(({ kind, where }) => kind === "post" && where === `users ${of}`)
      .map(({ what }) => what);
  const invited = { name: "林晓慧", title: "社区干事", positions: ["综合"], dutyPhone: "021-55500001" };
  async function give(role: "cadre" | "partner", api: Api): Promise<void> {
    const body = { ...invited, role, ...(role === "partner" ? { organizationName: "安居物业" } : {}) };
    const { code } = (await clerk.call("POST /api/communities/:id/invitations", { params: { id: "east" }, body })).ok;
    const accepted = await api.call("POST /api/invitations/:code/accept", { params: { code: code! } });
    expect(accepted.status).toBe(200);
  }
  const postIn = (communityId: string, role = "cadre") => ({
    ...{ id: "f".repeat(24), role, communityId, communityIds: [communityId], organizationName: null },
    ...{ title: "网格员", positions: [], dutyPhone: null, photoFileId: null },
  });

  it("a post of one's own giving, another community, another role; and one that was taken away", async () => {
    const person = await world.resident();
    const api = await world.as(person);
    await users.updateOne({ _id: idOf(person.id) }, { $push: { memberships: postIn("east") } } as Document);
    expect(await posts(person.id)).toEqual(["岗位 cadre@east 没有哪一步授予过"]);
    await users.updateOne({ _id: idOf(person.id) }, { $set: { memberships: [] } });

    await give("cadre", api);
    await give("partner", api);
    // The event is first in the outbox, then in the log.
    expect(await posts(person.id)).toEqual([]);
    await relay.drain();
    expect(await posts(person.id)).toEqual([]);
    const change = async (set: Document) => {
      const before = (await users.findOne({ _id: idOf(person.id) }))!;
      await users.updateOne({ _id: idOf(person.id) }, { $set: set });
      const found = await posts(person.id);
      await users.replaceOne({ _id: idOf(person.id) }, before);
      return found;
    };
    expect(await change({ "memberships.0.communityIds": ["east", "west"] })).toEqual([
      "岗位 cadre@west 没有哪一步授予过",
    ]);
    expect(await change({ "memberships.0.role": "committee" })).toEqual([
      "岗位 committee@east 没有哪一步授予过",
      "岗位 cadre@east 授予过、没有离岗，数据库里却没有了",
    ]);
    expect(await change({ "memberships.1.organizationName": "别家物业" })).toContain(
      "岗位 partner@east（别家物业） 没有哪一步授予过",
    );
    expect((await change({ memberships: [postIn("east")] })).join()).toMatch(/partner@east（安居物业） 授予过/);

    // An ended post that is written back is a fault.
    const user = (await deps.store.users.find(person.id))!;
    const ended = await clerk.call("POST /api/communities/:id/people/:userId/posts/:postId/end", {
      params: { id: "east", userId: person.id, postId: user.memberships[0]!.id },
      body: { reason: "调走" },
    });
    expect(ended.status).toBe(200);
    await relay.drain();
    expect(await posts(person.id)).toEqual([]);
    expect(await change({ memberships: [...user.memberships] })).toEqual(["岗位 cadre@east 没有哪一步授予过"]);
  });

  it("nothing of posts that came with another account, of offices, and of a subdistrict that has grown", async () => {
    const [one, two] = [await world.resident(), await world.resident()];
    await give("cadre", await world.as(two));
    const held = (await deps.store.users.find(two.id))!;
    await mergeAccounts(deps, one, held);
    await relay.drain();
    // Former versions merged accounts together with their posts; today an account with a post is not merged away.
    const alone = (await deps.store.users.find(one.id))!;
    await deps.store.users.update(one.id, { memberships: held.memberships });
    expect([await posts(one.id), await posts(two.id)]).toEqual([[], []]);
    await relay.drain();
    expect([await posts(one.id), await posts(two.id)]).toEqual([[], []]);
    await deps.store.users.update(one.id, { memberships: alone.memberships });

    const asking = { actor: operator, idempotency: null };
    const office = { account: "jiedao", name: "街道办", title: "街道办", role: "supervisor" as const };
    await giveAccount(deps, asking, { ...office, communityIds: ["east", "west"] });
    const { userId } = (await deps.store.identities.find("account", "jiedao"))!;
    expect(await posts(userId)).toEqual([]);
    await openCommunity(deps, {
      community: { ...community("north"), name: "北苑" },
      clerk: { account: "north", name: "北苑居委", title: "居委会" },
      supervisor: null,
    });
    await relay.drain();
    expect((await deps.store.users.find(userId))?.memberships[0]?.communityIds).toEqual(["east", "west", "north"]);
    expect(await posts(userId)).toEqual([]);
    await users.updateOne({ _id: idOf(userId) }, { $push: { "memberships.0.communityIds": "south" } } as Document);
    expect(await posts(userId)).toEqual(["岗位 supervisor@south 没有哪一步授予过"]);
    await users.updateOne({ _id: idOf(userId) }, { $pop: { "memberships.0.communityIds": 1 } } as Document);
  });
});

describe("log:verify finds nothing", { timeout: 120_000 }, () => {
  it("when an event says that the words were erased, and only then", async () => {
    const { id } = await rated();
    await relay.drain();
    const words = { $set: { "outcome.rating.comment": "", "outcome.rating.tags": [], erasedAt: new Date() } };
    expect((await changed(id, words)).map(({ what }) => what)).toEqual(["与台账最后一步记下的样子不同"]);
    const log = collection("service_log");
    const rows = await log.find({ requestId: id }).toArray();
    await log.updateMany({ requestId: id }, { $set: { payload: null, salt: null } });
    expect((await verify()).map(({ what }) => what).join("\n")).toMatch(/the payload is gone, and no erasure names it/);
    for (const row of rows) await log.replaceOne({ _id: row._id }, row);
    expect(await verify()).toEqual([]);

    const erasure = { rule: "retention", at: new Date() } as const;
    await deps.store.requests.eraseCases([id], sealedBlanks(deps.keys), erasure);
    await eraseRows(deps.store, await deps.store.log.ofRequest(id), erasure);
    expect(await verify()).toEqual([]);
    await relay.drain();
    expect(await verify()).toEqual([]);
    // Rows whose texts were erased are still compared by their other fields, and the scores by the erasure's row.
    const found = async (set: Document) => (await changed(id, { $set: set })).map(({ what }) => what).join("\n");
    expect(await found({ status: "queued" })).toMatch(/（status）/);
    expect(await found({ "outcome.rating.scores.attitude": 1 })).toMatch(/与台账最后一步记下的样子不同/);
    expect(await found({ "clocks.resolveBy": new Date(0) })).toMatch(/与台账最后一步记下的样子不同|resolveBy/);
  });

  it("of a state that was rolled back together with its version", async () => {
    const { id } = await file();
    await relay.drain();
    const before = (await requests.findOne({ _id: idOf(id) }))!;
    await claim(id);
    await relay.drain();
    const found = (await changed(id, { $set: before })).map(({ what }) => what);
    expect(found).toEqual([expect.stringContaining("它被退回过")]);
    expect(await verify()).toEqual([]);
  });

  it("while servers write, and the relay is somewhere between", async () => {
    relay.start();
    let going = true;
    const work = async (): Promise<number> => {
      let steps = 0;
      while (going) {
        const { id } = await file();
        await claim(id);
        await clerk.call("POST /api/requests/:id/assign", { params: { id }, body: { cadreId: cadre.id } });
        await handler.call("POST /api/requests/:id/first-contact", { params: { id }, body: { note: randomUUID() } });
        await handler.call("POST /api/requests/:id/resolve", { params: { id }, body: { result: "好了", fileIds: [] } });
        await resident.call("POST /api/requests/:id/rate", { params: { id }, body: { ...good, outcome: "unsolved" } });
        steps += 6;
      }
      return steps;
    };
    const working = [work(), work(), work(), work()];
    const before = (await requests.countDocuments()) + 1;
    let looks = 0;
    while (looks < 12 || (await requests.countDocuments()) < before + 20) {
      expect(await verify()).toEqual([]);
      looks++;
    }
    going = false;
    const steps = (await Promise.all(working)).reduce((sum, n) => sum + n, 0);
    expect(steps).toBeGreaterThan(100);
    await relay.stop();
    await relay.drain();
    expect(await verify()).toEqual([]);
  });
});
