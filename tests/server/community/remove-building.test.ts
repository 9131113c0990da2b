import { describe, expect, it } from "vitest";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { deps, relay } = world;
const clerk = await world.as(await world.staff("committee"));
const params = { id: "east" };
const buildings = [
  { name: "8号楼", units: ["1单元", "2单元"] },
  { name: "88号楼", units: ["1单元"] },
];
await clerk.call("POST /api/communities/:id/buildings", { params, body: { buildings } });
const remove = (building: string, unit?: string, by = clerk) =>
  by.call("POST /api/communities/:id/buildings/remove", { params, body: { building, ...(unit ? { unit } : {}) } });
const unitsOf = async (name: string) =>
  (await deps.store.communities.load("east"))?.value.buildings.find((building) => building.name === name)?.units;

describe("a building that was entered wrongly", () => {
  it("goes, with one row in the log; again nothing happens", async () => {
    expect((await remove("88号楼")).status).toBe(200);
    expect((await remove("88号楼")).status).toBe(200);
    expect(await unitsOf("88号楼")).toBeUndefined();
    await relay.drain();
    const rows = (await clerk.call("GET /api/log", { query: { type: "community.building_removed" } })).ok.items;
    expect(rows.map(({ data }) => data)).toEqual([{ building: "88号楼" }]);
  });

  it("stays while somebody is registered there, unit by unit, and says how many", async () => {
    const resident = await world.as(await world.resident());
    const home = { communityId: "east", building: "8号楼", unit: "2单元", room: "301" };
    const registered = await resident.call("POST /api/me/registration", { body: { name: "沈佩兰", ...home } });
    expect(registered.code).toBeNull();
    const refused = await remove("8号楼");
    expect([refused.code, refused.body]).toMatchObject([
      "community.building_inhabited",
      { error: { details: { homes: 1 } } },
    ]);
    expect((await remove("8号楼", "2单元")).code).toBe("community.building_inhabited");
    expect((await remove("8号楼", "1单元")).status).toBe(200);
    expect(await unitsOf("8号楼")).toEqual(["2单元"]);
  });

  it("is taken off by the committee of the community only", async () => {
    const others = [await world.staff("committee", ["west"]), await world.cadre(), await world.staff("supervisor")];
    for (const user of others)
      expect((await remove("8号楼", "2单元", await world.as(user))).code).toBe("auth.forbidden");
    expect(await unitsOf("8号楼")).toEqual(["2单元"]);
  });
});
