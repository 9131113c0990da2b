import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type mongoose from "mongoose";
import { afterAll, describe, expect, it } from "vitest";
import { type AnchorFile, anchorFault, publicKeyOf } from "../../../server/log/anchor-file.ts";
import { signDays } from "../../../server/log/day-anchors.ts";
import { createMemoryAnchors } from "../../../server/log/anchors.ts";
import { verifyLog } from "../../../server/log/verify-log.ts";
import { dayAnchors } from "../../../server/log/jobs/day-anchors.ts";
import { createKeys, newKeyRing } from "../../../server/adapters/keys/keys.ts";
import { connect } from "../../../server/core/store/connection.ts";
import { freshDatabase } from "../../support/engine.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const database = freshDatabase();
const connection = await connect(database.uri, database.name);
const anchors = createMemoryAnchors();
const ring = newKeyRing();
const world = await openWorld({ connection, anchors, keys: createKeys(ring) });
const { deps, relay, clock } = world;
const clerk = await world.as(await world.staff("committee"));
const mine = await world.as(await world.resident());
/** Access to the database without the keys. */
const log = connection.collection("service_log") as unknown as mongoose.mongo.Collection<{ _id: string; pos: number }>;
const stored = connection.collection("day_anchors");
const DAY = 24 * 60;

async function liveADay(requests: number): Promise<void> {
  for (let n = 0; n < requests; n++) await mine.call("POST /api/requests", { body: submission() });
  await relay.drain();
  clock.pass(DAY);
}
for (const requests of [2, 3, 0, 1]) await liveADay(requests);
await dayAnchors.run(deps);
const file = (await clerk.call("GET /api/log/anchors", { query: { communityId: "east" } })).ok as AnchorFile;
const east = file.communities["east"] ?? expect.fail("no anchors");
const faults = async (exported?: AnchorFile["communities"]) =>
  (await verifyLog(deps.store, deps.keys, anchors, exported)).faults.map(({ what }) => what);

describe("the signed day", () => {
  it("is the last row of each day with rows; today is not signed yet, and no day is signed twice", async () => {
    expect(east.map(({ pos }) => pos)).toEqual([2, 5, 6]);
    expect(await signDays(deps, "east")).toEqual(east);
    await mine.call("POST /api/requests", { body: submission() });
    await relay.drain();
    expect(await signDays(deps, "east")).toEqual(east);
    const both = await Promise.all([signDays(deps, "east"), signDays(deps, "east")]);
    expect(both).toEqual([east, east]);
    expect(await faults(file.communities)).toEqual([]);
  });

  it("is verified without the database and without a secret", () => {
    expect(anchorFault("east", east, file.publicKeys)).toBeNull();
    expect(JSON.stringify(file)).not.toContain(ring.log[0]?.secret);
    expect(file.publicKeys[east[0]!.keyId]).toBe(publicKeyOf(createKeys(ring), east[0]!.keyId));
  });

  it.each<[string, (all: typeof east) => readonly (typeof east)[number][], RegExp]>([
    ["a changed position", ([a, b, c]) => [a!, { ...b!, pos: 4 }, c!], /changed/],
    ["a changed seal", ([a, b, c]) => [{ ...a!, seal: b!.seal }, b!, c!], /changed/],
    ["a changed day", ([a, b, c]) => [a!, b!, { ...c!, day: "2030-01-01" }], /changed/],
    ["a day left out", ([a, , c]) => [a!, c!], /days are missing/],
    ["the first day left out", ([, b, c]) => [b!, c!], /days are missing/],
    ["days that changed places", ([a, b, c]) => [b!, a!, c!], /days are missing/],
    ["days of another community", (all) => all.map((a) => ({ ...a, communityId: "west" })), /another community/],
  ])("finds %s in the file", (_what, change, expected) => {
    expect(anchorFault("east", change(east), file.publicKeys)?.what).toMatch(expected);
  });

  it("is refused when it is signed with another key", () => {
    const { keyId } = east[0]!;
    const other = createKeys(newKeyRing());
    const theirs = publicKeyOf(other, other.current("log").id)!;
    expect(anchorFault("east", east, { [keyId]: theirs })?.what).toMatch(/another key/);
    expect(anchorFault("east", east, {})?.what).toMatch(/not known/);
  });

  it("is readable by people who are responsible for the log", async () => {
    const cadre = await world.as(await world.cadre());
    expect((await cadre.call("GET /api/log/anchors", { query: { communityId: "east" } })).code).toBe("auth.forbidden");
    expect((await clerk.call("GET /api/log/anchors", { query: { communityId: "west" } })).code).toBe("auth.forbidden");
  });
});

describe("a log that was forged with the keys", () => {
  it("is detected by a file that was exported before", async () => {
    const rows = await deps.store.log.after("east", 0, 100);
    const { sealRows, emptyTail } = await import("../../../server/log/seal.ts");
    // With the keys, too, an attacker removes the third request, reseals all rows and has the days signed again.
    const forged = sealRows(
      deps.keys,
      emptyTail,
      rows
        .filter(({ pos }) => pos !== 3)
        .map((row) => ({
          id: row._id,
          event: {
            ...{ version: 1, type: row.type, at: row.at, communityId: row.communityId, requestId: row.requestId },
            ...{ requestNo: row.requestNo, serviceCode: row.serviceCode, data: {} },
            actor: { id: row.actorId, role: row.actorRole, name: "" },
            subjects: { residentId: row.residentId, handlerId: null, previousHandlerId: null },
          },
        })),
    );
    await log.deleteMany({});
    await log.insertMany(forged);
    const days = await stored.find({}).toArray();
    await stored.deleteMany({});
    await signDays(deps, "east");
    const found = await verifyLog(deps.store, deps.keys, createMemoryAnchors(), file.communities);
    expect(found.faults.map(({ what }) => what).join("\n")).toMatch(
      /position 2 has another seal than the one that was signed/,
    );
    await log.deleteMany({});
    await log.insertMany(rows);
    await stored.deleteMany({});
    await stored.insertMany(days);
    expect(await faults(file.communities)).toEqual([]);
  });

  it("is not signed when rows do not verify, or its tail was cut off together with its anchors", async () => {
    const row = (await log.findOne({ communityId: "east", pos: 2 }))!;
    await log.updateOne({ _id: row._id }, { $set: { type: "request.rated" } as object });
    const days = await stored.find({}).toArray();
    await stored.deleteMany({});
    expect(await signDays(deps, "east")).toEqual([]);
    await log.replaceOne({ _id: row._id }, row);
    await stored.insertMany(days);
    const tail = await log.find({ communityId: "east", pos: { $gt: 5 } }).toArray();
    await log.deleteMany({ _id: { $in: tail.map(({ _id }) => _id) } });
    await stored.deleteOne({ day: east[2]!.day });
    expect((await faults(file.communities)).join("\n")).toMatch(/position 6, which was signed, is not in the log/);
    await log.insertMany(tail);
    expect(await signDays(deps, "east")).toEqual(east);
  });
});

describe("npm run log:verify -- --anchors", () => {
  it("checks the file alone: ends with 1 and names the day when it was changed", { timeout: 60_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), "dianxiaoer-anchors-"));
    afterAll(() => rm(folder, { recursive: true, force: true }));
    const run = async (content: AnchorFile, keys = true) => {
      const [path, keysFile] = [join(folder, "anchors.json"), join(folder, keys ? "keys.json" : "none.json")];
      await writeFile(path, JSON.stringify(content));
      if (keys) await writeFile(keysFile, JSON.stringify(ring));
      // The database's address is unreachable, so the program fails if it connects.
      const env = { PATH: process.env["PATH"], MONGODB_URI: "mongodb://127.0.0.1:1", KEYS_FILE: keysFile };
      const cli = join(import.meta.dirname, "../../../server/cli/log-verify.ts");
      const child = spawn(process.execPath, [cli, "--anchors", path], { env, stdio: ["ignore", "pipe", "inherit"] });
      let said = "";
      child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
      const [code] = (await once(child, "close")) as [number];
      return { code, said };
    };
    expect(await run(file)).toMatchObject({ code: 0, said: expect.stringContaining("3 天的封印相连、签名无误") });
    expect(await run(file, false)).toMatchObject({ code: 0, said: expect.stringContaining("与当初抄下的比一比") });
    const changed = { ...file, communities: { east: [east[0]!, { ...east[1]!, pos: 4 }, east[2]!] } };
    expect(await run(changed)).toMatchObject({ code: 1, said: expect.stringContaining(`不符：east ${east[1]!.day}`) });
    const other = createKeys(newKeyRing());
    const publicKeys = { [east[0]!.keyId]: publicKeyOf(other, other.current("log").id)! };
    expect((await run({ ...file, publicKeys })).code).toBe(1);
  });
});
