import { beforeAll, describe, expect, it } from "vitest";
import type { CatalogueService } from "../../../contract/index.ts";
import type { Api } from "../../support/api.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { deps, relay, clock } = world;
const east = { id: "east" };

let clerk: Api;
let colleague: Api;
let resident: Api;
beforeAll(async () => {
  clerk = await world.as(await world.staff("committee"));
  colleague = await world.as(await world.staff("committee"));
  resident = await world.as(await world.resident());
});

const read = async (code: string): Promise<CatalogueService> =>
  (await clerk.call("GET /api/communities/:id/catalogue", { params: east })).ok.items.find(
    ({ serviceCode }) => serviceCode === code,
  )!;
function save(by: Api, { serviceCode, version, ...service }: CatalogueService, over: Partial<CatalogueService> = {}) {
  return by.call("PUT /api/communities/:id/catalogue/:serviceCode", {
    params: { ...east, serviceCode },
    body: { service: { ...service, ...over }, seen: over.version ?? version },
  });
}
const file = async (serviceCode = "parcel") =>
  (await resident.call("POST /api/requests", { body: submission({ serviceCode }) })).ok;
const minutesOf = (request: { submittedAt: string; respondBy: string | null }): number =>
  (Date.parse(request.respondBy ?? "") - Date.parse(request.submittedAt)) / 60_000;

describe("a service", () => {
  it("that is changed gets another version; earlier requests keep theirs", async () => {
    const old = await file();
    const before = await read("parcel");
    const saved = await save(clerk, before, { title: "代取快递", respondMinutes: 10, resolveMinutes: 600 });
    expect(saved.ok).toMatchObject({ title: "代取快递", version: before.version + 1 });
    const fresh = await file();
    expect([old.serviceTitle, minutesOf(old), fresh.serviceTitle, minutesOf(fresh)]).toEqual([
      "代取包裹",
      30,
      "代取快递",
      10,
    ]);
    const again = (await resident.call("GET /api/requests/:id", { params: { id: old.id } })).ok;
    expect(again.serviceTitle).toBe("代取包裹");

    // The rework's deadline is computed from the times at filing: half of 30 minutes, not of 10.
    const cadre = await world.as(await world.cadre());
    const params = { id: old.id };
    await cadre.call("POST /api/requests/:id/claim", { params });
    await cadre.call("POST /api/requests/:id/resolve", { params, body: { result: "取到了", fileIds: [] } });
    const scores = { response: 5, attitude: 5, result: 2 };
    const rated = await resident.call("POST /api/requests/:id/rate", {
      params,
      body: { outcome: "unsolved", scores, tags: [], comment: "" },
    });
    expect((Date.parse(rated.ok.respondBy ?? "") - clock.now().getTime()) / 60_000).toBe(15);
  });

  it("that two clerks change at once is changed by one; the other is refused, and nothing is lost", async () => {
    for (let n = 0; n < 5; n++) {
      const seen = await read("leak");
      const answers = await Promise.all([
        save(clerk, seen, { description: `甲改的第 ${n} 次` }),
        save(colleague, seen, { keywords: [`乙${n}`] }),
      ]);
      expect(answers.filter(({ code }) => code === null)).toHaveLength(1);
      expect(answers.filter(({ code }) => code === "service.changed")).toHaveLength(1);
      expect((await read("leak")).version).toBe(seen.version + 1);
    }
    const last = await read("leak");
    for (let version = 1; version < last.version; version++)
      expect(await deps.store.serviceVersions.find("east", "leak", version)).toMatchObject({ serviceCode: "leak" });
  });

  it("that is changed together with another keeps both changes", async () => {
    const [one, other] = [await read("parcel"), await read("permit")];
    const answers = await Promise.all([
      save(clerk, one, { description: "甲的说明" }),
      save(colleague, other, { description: "乙的说明" }),
    ]);
    expect(answers.map(({ code }) => code)).toEqual([null, null]);
    expect([(await read("parcel")).description, (await read("permit")).description]).toEqual(["甲的说明", "乙的说明"]);
  });

  it("of a request that is filed during a change is one of the two versions, and can be read again", async () => {
    const seen = await read("parcel");
    const [saved, filed] = await Promise.all([save(clerk, seen, { title: "代取邮件" }), file()]);
    expect(saved.code).toBeNull();
    const id = { id: filed.id };
    expect(["代取邮件", seen.title]).toContain(
      (await resident.call("GET /api/requests/:id", { params: id })).ok.serviceTitle,
    );
  });

  it("saved without a change has no new version; each change is one event with the difference", async () => {
    const seen = await read("permit");
    expect((await save(clerk, seen)).ok.version).toBe(seen.version);
    await save(clerk, seen, { positions: ["民政"], knowledgeCard: { bring: ["房产证"], ask: [], say: [] } });
    await relay.drain();
    const query = { type: "service.changed", order: "desc", limit: 1 } as const;
    const [row] = (await clerk.call("GET /api/log", { query })).ok.items;
    expect(row?.data).toEqual({
      code: "permit",
      title: "居住证明",
      version: seen.version + 1,
      fields: ["positions", "knowledgeCard"],
    });
  });

  it("can be made shared or any-counter, and back, each separately", async () => {
    for (const field of ["shared", "anywhere"] as const) {
      const { [field]: was } = await read("parcel");
      for (const now of [!was, was]) {
        await save(clerk, await read("parcel"), { [field]: now });
        expect((await read("parcel"))[field]).toBe(now);
      }
    }
  });

  it("that is added is offered; retired, it accepts no request, and open ones continue", async () => {
    const { version: _v, ...like } = await read("parcel");
    const added = { ...like, serviceCode: "umbrella", title: "借雨伞", version: 0 };
    expect((await save(clerk, added)).ok.version).toBe(1);
    expect((await save(clerk, added)).code).toBe("service.code_taken");
    const open = await file("umbrella");
    expect((await save(clerk, await read("umbrella"), { retired: true })).ok.retired).toBe(true);
    const refused = await resident.call("POST /api/requests", { body: submission({ serviceCode: "umbrella" }) });
    expect(refused.code).toBe("service.unknown");
    const offered = (await resident.call("GET /api/communities/:id/services", { params: east })).ok.items;
    expect(offered.some(({ serviceCode }) => serviceCode === "umbrella")).toBe(false);
    const cadre = await world.as(await world.cadre());
    expect((await cadre.call("POST /api/requests/:id/claim", { params: { id: open.id } })).ok.serviceTitle).toBe(
      "借雨伞",
    );
    expect((await save(clerk, await read("umbrella"), { retired: false })).ok.retired).toBe(false);
  });

  it.each<[string, Partial<CatalogueService>]>([
    ["is due before the first contact", { respondMinutes: 100, resolveMinutes: 50 }],
    ["is nobody's position", { positions: [] }],
    [
      "asks two questions by one code",
      {
        questions: ["a", "b"].map((label) => ({
          code: "x",
          label,
          kind: "text" as const,
          options: [],
          required: false,
        })),
      },
    ],
    [
      "offers a choice of one",
      { questions: [{ code: "x", label: "几份", kind: "choice", options: ["一份"], required: true }] },
    ],
  ])("that %s is refused", async (_what, over) => {
    expect((await save(clerk, await read("parcel"), over)).code).toBe("service.invalid");
  });

  it("is changed by the committee of that community only", async () => {
    const seen = await read("parcel");
    const others = [
      await world.staff("committee", ["west"]),
      await world.cadre(),
      await world.staff("supervisor"),
      await world.resident(),
    ];
    for (const user of others) {
      const api = await world.as(user);
      expect((await save(api, seen, { title: "别人改的" })).code).toBe("auth.forbidden");
      expect((await api.call("GET /api/communities/:id/catalogue", { params: east })).code).toBe("auth.forbidden");
    }
  });
});
