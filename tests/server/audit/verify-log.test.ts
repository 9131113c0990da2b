import { describe, expect, it } from "vitest";
import type mongoose from "mongoose";
import { connect } from "../../../server/core/store/connection.ts";
import { freshDatabase } from "../../support/engine.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const database = freshDatabase();
const connection = await connect(database.uri, database.name);
const world = await openWorld({ connection });
/** Access to the database without the keys. */
const log = connection.collection("service_log") as unknown as mongoose.mongo.Collection<{ _id: string; pos: number }>;
const clerk = await world.as(await world.staff("committee"));
const mine = await world.as(await world.resident());
for (let n = 0; n < 3; n++) await mine.call("POST /api/requests", { body: submission() });
await world.relay.drain();

const verify = async (after = 0) =>
  (await clerk.call("POST /api/log/verify", { body: { communityId: "east", after } })).ok;

describe("a check of the log", () => {
  it("returns how many rows verify, and continues from an earlier check", async () => {
    const whole = await verify();
    expect(whole).toMatchObject({ done: true, fault: null, rows: whole.upTo });
    expect(whole.rows).toBeGreaterThanOrEqual(3);
    expect(await verify(2)).toEqual({ ...whole, rows: whole.rows - 2 });
  });

  it("names the first changed row, also when the check begins at it", async () => {
    const row = (await log.findOne({ communityId: "east", pos: 2 })) ?? expect.fail("no second row");
    await log.updateOne({ _id: row._id }, { $set: { type: "request.rated" } as object });
    expect(await verify()).toMatchObject({ done: true, upTo: 1, fault: { pos: 2, kind: "row" } });
    await log.deleteOne({ _id: row._id });
    expect(await verify()).toMatchObject({ fault: { pos: 2, kind: "missing" } });
    expect(await verify(2)).toMatchObject({ fault: { pos: 2, kind: "missing" } });
    await log.insertOne(row);
    expect((await verify()).fault).toBeNull();
  });

  it("detects a tail that was cut off", async () => {
    const { upTo } = await verify();
    const last = (await log.findOne({ communityId: "east", pos: upTo })) ?? expect.fail("no last row");
    await log.deleteOne({ _id: last._id });
    expect(await verify()).toMatchObject({ upTo: upTo - 1, fault: { pos: upTo, kind: "cut" } });
    expect(await verify(upTo)).toMatchObject({ fault: { pos: upTo, kind: "cut" } });
    await log.insertOne(last);
    expect((await verify()).fault).toBeNull();
  });

  it("is refused to residents, cadres, and for another community", async () => {
    for (const someone of [await world.resident(), await world.cadre()]) {
      const api = await world.as(someone);
      expect((await api.call("POST /api/log/verify", { body: { communityId: "east" } })).code).toBe("auth.forbidden");
    }
    expect((await clerk.call("POST /api/log/verify", { body: { communityId: "west" } })).code).toBe("auth.forbidden");
  });
});
