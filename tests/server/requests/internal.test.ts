import type { ReplyTemplate } from "../../../contract/index.ts";
import { describe, expect, it } from "vitest";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const SECRET = "老人独居，上门前先打电话给儿子";

async function noted() {
  const resident = await world.resident();
  const cadre = await world.cadre();
  const [mine, his, desk] = [
    await world.as(resident),
    await world.as(cadre),
    await world.as(await world.staff("committee")),
  ];
  const params = { id: (await mine.call("POST /api/requests", { body: submission() })).ok.id };
  await his.call("POST /api/requests/:id/claim", { params });
  const body = { text: SECRET };
  expect((await desk.call("POST /api/requests/:id/internal-note", { params, body })).code).toBeNull();
  await world.relay.drain();
  return { resident, cadre, mine, his, desk, params };
}

describe("an internal note", () => {
  it("is read by the handler, other cadres of the community and the committee, and told to the handler", async () => {
    const { his, desk, params } = await noted();
    for (const api of [his, desk, await world.as(await world.cadre())]) {
      const seen = (await api.call("GET /api/requests/:id", { params })).ok;
      expect(seen.messages).toMatchObject([{ kind: "internal", text: SECRET }]);
    }
    const told = (await his.call("GET /api/inbox")).ok.items.filter(({ requestId }) => requestId === params.id);
    expect(told.map(({ type }) => type)).toEqual(["request.internally_noted"]);
  });

  it("never reaches the resident: not the request, the list, the inbox or the log, not even as a cadre", async () => {
    const { resident, mine, params } = await noted();
    const views = [
      await mine.call("GET /api/requests/:id", { params }),
      await mine.call("GET /api/requests"),
      await mine.call("GET /api/inbox"),
    ];
    const cadre = await world.cadre();
    const { memberships, actingAs, duty } = cadre;
    await world.deps.store.users.update(resident.id, { memberships, actingAs, duty });
    const asCadre = await world.as(resident);
    views.push(await asCadre.call("GET /api/requests/:id", { params }));
    for (const { status, body } of views) {
      expect(status).toBe(200);
      expect(JSON.stringify(body)).not.toContain(SECRET);
      expect(JSON.stringify(body)).not.toContain("internally_noted");
    }
    const log = await asCadre.call("GET /api/log", { query: { requestId: params.id } });
    expect(log.status).toBe(200);
    expect(JSON.stringify(log.body)).not.toContain(SECRET);
  });

  it("never reaches a family member who filed, consent or not", async () => {
    const child = await world.as(await world.resident());
    const elder = { name: "孙桂珍", phone: "13900000001", building: "1号楼", unit: "1单元", room: "101" };
    const body = { ...submission(), elder, relation: "parent" as const };
    const params = { id: (await child.call("POST /api/requests/for-family", { body })).ok.id };
    const his = await world.as(await world.cadre());
    await his.call("POST /api/requests/:id/claim", { params });
    await his.call("POST /api/requests/:id/consent", { params, body: { agreed: true } });
    await his.call("POST /api/requests/:id/internal-note", { params, body: { text: SECRET } });
    await world.relay.drain();
    const seen = (await child.call("GET /api/requests/:id", { params })).ok;
    expect(seen.filedBy?.consent?.state).toBe("given");
    expect(JSON.stringify(seen)).not.toContain(SECRET);
    expect(JSON.stringify((await child.call("GET /api/inbox")).ok)).not.toContain("内部");
  });

  it("is not a resident's to write, nor another cadre's", async () => {
    const { mine, params } = await noted();
    for (const api of [mine, await world.as(await world.cadre())]) {
      const answer = await api.call("POST /api/requests/:id/internal-note", { params, body: { text: "x" } });
      expect(answer.code).toBe("request.not_allowed");
    }
  });
});

describe("reply templates", () => {
  const params = { id: "east" };
  const items = [{ step: "resolve" as const, text: "已上门处理好，居民当面确认" }];

  it("are the community's: its committee writes them, its cadres pick from them", async () => {
    const desk = await world.as(await world.staff("committee"));
    const put = (body: { revision: string; items: ReplyTemplate[] }) =>
      desk.call("PUT /api/communities/:id/templates", { params, body });
    const { revision } = (await desk.call("GET /api/communities/:id/templates", { params })).ok;
    expect((await put({ revision, items })).ok.items).toEqual(items);
    const others = [{ step: "note" as const, text: "同事同时写的" }];
    expect((await put({ revision, items: others })).code).toBe("edit.outdated");
    const his = await world.as(await world.cadre());
    expect((await his.call("GET /api/communities/:id/templates", { params })).ok.items).toEqual(items);
    expect((await his.call("GET /api/communities/:id", { params })).body).not.toHaveProperty("templates");
  });

  it("that two clerks change at once are those of one of them, and the other hears of it", async () => {
    const desks = await Promise.all([1, 2].map(async () => world.as(await world.staff("committee"))));
    for (let n = 0; n < 6; n++) {
      const [one] = desks;
      const { revision } = (await one!.call("GET /api/communities/:id/templates", { params })).ok;
      const answers = await Promise.all(
        desks.map((desk, k) =>
          desk.call("PUT /api/communities/:id/templates", {
            params,
            body: { revision, items: [{ step: "note", text: `第${n}次，第${k}人` }] },
          }),
        ),
      );
      expect(new Set(answers.map(({ code }) => code))).toEqual(new Set([null, "edit.outdated"]));
      const won = answers.find(({ code }) => code === null)!.ok;
      expect((await one!.call("GET /api/communities/:id/templates", { params })).ok).toEqual(won);
    }
  });

  it.each([
    ["a cadre writes", "PUT", () => world.cadre()],
    ["another community's clerk writes", "PUT", () => world.staff("committee", ["west"])],
    ["another community's cadre reads", "GET", () => world.cadre("west")],
    ["a resident reads", "GET", () => world.resident()],
  ] as const)("are refused when %s", async (_what, method, who) => {
    const api = await world.as(await who());
    const answer =
      method === "PUT"
        ? await api.call("PUT /api/communities/:id/templates", { params, body: { revision: "", items } })
        : await api.call("GET /api/communities/:id/templates", { params });
    expect(answer.code).toBe("auth.forbidden");
  });
});
