import { describe, expect, it } from "vitest";
import type { User } from "../../../server/core/domain/accounts/user.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();

const masked = { place: { building: "1号楼", unit: "*", room: "*" } };
const phone = /^138\d{8}$/;

const read = async (id: string, user: User) =>
  (await (await world.as(user)).call("GET /api/requests/:id", { params: { id } })).ok;

async function claimed() {
  const resident = await world.resident();
  const handler = await world.cadre();
  const { id } = (await (await world.as(resident)).call("POST /api/requests", { body: submission() })).ok;
  await (await world.as(handler)).call("POST /api/requests/:id/claim", { params: { id } });
  return { id, resident, handler };
}

describe("phone, unit and room of a request", () => {
  it("are in clear for the resident and for the handling cadre", async () => {
    const { id, resident, handler } = await claimed();
    for (const user of [resident, handler]) {
      const seen = await read(id, user);
      expect(seen.contact.phone).toMatch(phone);
      expect(seen.place).toMatchObject({ unit: "1单元" });
      expect(seen.resident.name).toBe(resident.name);
    }
  });

  it.each([
    ["another cadre of the community", () => world.cadre()],
    ["the committee", () => world.staff("committee")],
    ["a supervisor", () => world.staff("supervisor", ["east", "west"])],
  ])("are masked for %s", async (_who, make) => {
    const { id, resident } = await claimed();
    const seen = await read(id, await make());
    expect(seen).toMatchObject(masked);
    expect(seen.contact.phone).toMatch(/^138\*{4}\d{4}$/);
    expect(seen.resident.name).not.toBe(resident.name);
    expect(JSON.stringify(seen)).not.toContain(resident.name);
  });

  it("are masked for the handler once the request has ended", async () => {
    const { id, resident, handler } = await claimed();
    await (
      await world.as(resident)
    ).call("POST /api/requests/:id/withdraw", { params: { id }, body: { reason: "不用了" } });
    expect(await read(id, handler)).toMatchObject(masked);
  });

  it("are masked for the handler who gave it back, in the queue and in lists", async () => {
    const { id, handler } = await claimed();
    const api = await world.as(handler);
    await api.call("POST /api/requests/:id/release", {
      params: { id },
      body: { code: "shift-ends", reason: "要去开会" },
    });
    const { items } = (await api.call("GET /api/requests", { query: { scope: "queue" } })).ok;
    expect(items.find((request) => request.id === id)).toMatchObject(masked);
  });
});

describe("one rating", () => {
  const scores = { response: 2, attitude: 3, result: 4 };

  it("is seen by the resident and the committee, never by its handler, not in the request, the timeline, the log or the inbox", async () => {
    const { id, resident, handler } = await claimed();
    const [mine, cadre] = [await world.as(resident), await world.as(handler)];
    const params = { id };
    await cadre.call("POST /api/requests/:id/resolve", { params, body: { result: "办好了" } });
    await mine.call("POST /api/requests/:id/rate", { params, body: { outcome: "partly", scores, comment: "有点慢" } });
    await world.relay.drain();

    expect((await read(id, resident)).rating).toMatchObject({ outcome: "partly", scores });
    expect((await read(id, await world.staff("committee"))).rating).toMatchObject({ scores });
    const seen = await read(id, handler);
    expect(seen.rating).toBeNull();
    const log = (await cadre.call("GET /api/log", { query: { requestId: id } })).ok;
    const inbox = (await cadre.call("GET /api/inbox")).ok;
    for (const view of [seen, log, inbox]) {
      expect(JSON.stringify(view)).not.toContain("有点慢");
      expect(JSON.stringify(view)).not.toContain('"scores"');
      expect(JSON.stringify(view)).not.toContain("partly");
    }
  });
});

describe("who may read a request at all", () => {
  it.each([
    ["another resident", () => world.resident()],
    ["a cadre of another community", () => world.cadre("west")],
    ["the committee of another community", () => world.staff("committee", ["west"])],
    ["a partner", () => world.staff("partner")],
  ])("not %s: that it exists is private", async (_who, make) => {
    const { id } = await claimed();
    const answer = await (await world.as(await make())).call("GET /api/requests/:id", { params: { id } });
    expect(answer).toMatchObject({ status: 404, code: "request.unknown" });
  });

  it("nobody without a login", async () => {
    const { id } = await claimed();
    const answer = await (await world.as(null)).call("GET /api/requests/:id", { params: { id } });
    expect(answer).toMatchObject({ status: 401, code: "auth.required" });
  });
});

describe("a dump of the database", () => {
  it("holds no phone, unit or room of a resident in clear", async () => {
    const { resident } = await claimed();
    await world.relay.drain();
    const clear = [
      world.deps.keys.open(resident.registration!.phone, "phone"),
      world.deps.keys.open(resident.registration!.room, "room"),
    ];
    const dump = JSON.stringify(await world.dump());
    expect(dump).toContain(resident.name);
    expect(dump).not.toContain(clear[0]);
    expect(dump).not.toContain(`"${clear[1]}"`);
  });
});
