import { describe, expect, it } from "vitest";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const words = { communityId: "east", serviceCode: "parcel", description: "腿脚不便，麻烦代取一个包裹" };
const elder = { name: "孙桂珍", phone: "13900000009", building: "2号楼", unit: "1单元", room: "602" };

describe("whoever stands on the resident's side", () => {
  const rating = { outcome: "solved" as const, scores: { response: 5, attitude: 5, result: 5 } };
  /** A cadre who also lives in the community. */
  async function neighbour() {
    const { users } = world.deps.store;
    const cadre = await world.cadre();
    await users.update(cadre.id, { registration: (await world.resident()).registration });
    const as = async (actingAs: string | null) => {
      await users.update(cadre.id, { actingAs });
      return world.as(await users.find(cadre.id));
    };
    return { cadre, asResident: () => as(null), asCadre: () => as(cadre.memberships[0]!.id) };
  }

  it("does not handle it: neither by claiming what was filed for the family, nor assigned by the committee", async () => {
    const desk = await world.as(await world.staff("committee"));
    const { cadre, asResident, asCadre } = await neighbour();
    const family = (
      await (
        await asResident()
      ).call("POST /api/requests/for-family", { body: { ...words, elder, relation: "parent" } })
    ).ok;
    const own = (await (await asResident()).call("POST /api/requests", { body: words })).ok;
    const his = await asCadre();
    for (const { id } of [family, own]) {
      const params = { id };
      expect((await his.call("GET /api/requests/:id", { params })).ok.abilities).not.toContain("claim");
      expect((await his.call("POST /api/requests/:id/claim", { params })).code).toBe("request.own");
      const assigned = await desk.call("POST /api/requests/:id/assign", { params, body: { cadreId: cadre.id } });
      expect(assigned.code).toBe("request.own");
    }
  });

  it("does not rate the own work, when two accounts became one after it", async () => {
    const { cadre, asResident, asCadre } = await neighbour();
    const resident = await world.resident();
    const { id } = (await (await world.as(resident)).call("POST /api/requests", { body: words })).ok;
    const params = { id };
    const his = await asCadre();
    await his.call("POST /api/requests/:id/claim", { params });
    await his.call("POST /api/requests/:id/resolve", { params, body: { result: "已送到" } });
    await world.deps.store.users.update(cadre.id, { mergedIds: [resident.id] });
    const hers = await asResident();
    expect((await hers.call("GET /api/requests/:id", { params })).ok.abilities).not.toContain("rate");
    expect((await hers.call("POST /api/requests/:id/rate", { params, body: rating })).code).toBe("request.not_allowed");
  });
});
