import { describe, expect, it } from "vitest";
import { createMemoryAnchors } from "../../../../server/log/anchors.ts";
import { verifyLog } from "../../../../server/log/verify-log.ts";
import { connect } from "../../../../server/core/store/connection.ts";
import { freshDatabase } from "../../../support/engine.ts";
import { submission } from "../../../support/requests.ts";
import { openWorld } from "../../../support/world.ts";

const anchors = createMemoryAnchors();
const database = freshDatabase();
const connection = await connect(database.uri, database.name);
const world = await openWorld({ connection, anchors });
const { deps, relay } = world;
const clerk = await world.as(await world.staff("committee"));
const WORDS = "王干部态度生硬，挂了我的电话";

describe("a complaint", () => {
  it("is visible to the committee, and none of it to a cadre", async () => {
    const resident = await world.resident();
    const mine = await world.as(resident);
    const cadre = await world.cadre();
    const his = await world.as(cadre);
    const request = (await mine.call("POST /api/requests", { body: submission() })).ok;
    await his.call("POST /api/requests/:id/claim", { params: { id: request.id } });
    const body = { communityId: "east", text: WORDS, requestId: request.id };
    const filed = (await mine.call("POST /api/complaints", { body })).ok;
    expect(filed).toMatchObject({ requestNo: request.requestNo, mine: true, answer: null });
    await relay.drain();
    const read = [
      await his.call("GET /api/log", { query: { communityId: "east", limit: 100 } }),
      await his.call("GET /api/requests/:id", { params: { id: request.id } }),
      await his.call("GET /api/complaints"),
      await his.call("GET /api/inbox"),
    ].map(({ body: reply }) => reply);
    expect(JSON.stringify(read)).not.toContain("态度");
    const row = (read[0] as { items: { type: string; actor: { name: string } }[] }).items.find(
      ({ type }) => type === "complaint.filed",
    );
    expect(JSON.stringify(row)).not.toContain(resident.name![0]);
    expect((await his.call("GET /api/complaints")).ok.items).toEqual([]);
    const [open] = (await clerk.call("GET /api/complaints", { query: { open: "true" } })).ok.items;
    expect(open).toMatchObject({ id: filed.id, text: WORDS, from: resident.name });
    const params = { id: filed.id };
    expect((await his.call("POST /api/complaints/:id/answer", { params, body: { text: "没有" } })).code).toBe(
      "auth.forbidden",
    );
  });

  it("is answered once by the committee of its community, and its author is notified", async () => {
    const mine = await world.as(await world.resident());
    const { id } = (await mine.call("POST /api/complaints", { body: { communityId: "east", text: WORDS } })).ok;
    const answer = { params: { id }, body: { text: "已找当事人了解，明天回访您" } };
    const elsewhere = await world.as(await world.staff("committee", ["west"]));
    expect((await elsewhere.call("POST /api/complaints/:id/answer", answer)).code).toBe("complaint.unknown");
    expect((await elsewhere.call("GET /api/complaints")).ok.items).toEqual([]);
    const both = await Promise.all([
      clerk.call("POST /api/complaints/:id/answer", answer),
      clerk.call("POST /api/complaints/:id/answer", answer),
    ]);
    expect(both.filter(({ code }) => code === null)).toHaveLength(1);
    expect((await clerk.call("POST /api/complaints/:id/answer", answer)).code).toBe("complaint.answered");
    await relay.drain();
    expect((await mine.call("GET /api/complaints")).ok.items).toMatchObject([{ answer: { text: answer.body.text } }]);
    expect((await mine.call("GET /api/inbox")).ok.items.map(({ type }) => type)).toEqual(["complaint.answered"]);
  });

  it("is filed once when it is sent again, and cannot refer to somebody else's request", async () => {
    const mine = await world.as(await world.resident());
    const send = () =>
      mine.call("POST /api/complaints", { body: { communityId: "east", text: WORDS }, key: "complaint-1" });
    const answers = await Promise.all([send(), send(), send()]);
    expect(new Set(answers.map((reply) => reply.ok.id)).size).toBe(1);
    const other = (await (await world.as(await world.resident())).call("POST /api/requests", { body: submission() }))
      .ok;
    const about = { communityId: "east", text: WORDS, requestId: other.id };
    expect((await mine.call("POST /api/complaints", { body: about })).code).toBe("request.unknown");
  });

  it("is in the log, which verifies; an answer without a step is found", async () => {
    await relay.drain();
    expect((await verifyLog(deps.store, deps.keys, anchors)).faults).toEqual([]);
    const open = { answer: null };
    const answer = { text: "已处理", at: new Date(0), byId: "nobody", byName: "没有人" };
    const complaints = connection.collection("complaints");
    const { _id } = (await complaints.findOneAndUpdate(open, { $set: { answer } }))!;
    expect((await verifyLog(deps.store, deps.keys, anchors)).faults).toEqual([
      {
        kind: "state",
        where: `complaints ${String(_id)}`,
        what: "投诉的答复的时间（answeredAt）：数据库里是 1970-01-01T00:00:00.000Z，台账推出的是 空",
      },
      {
        kind: "state",
        where: `complaints ${String(_id)}`,
        what: "投诉的答复的人（answeredBy）：数据库里是 nobody，台账推出的是 空",
      },
    ]);
    await complaints.updateOne({ _id }, { $set: open });
  });
});
