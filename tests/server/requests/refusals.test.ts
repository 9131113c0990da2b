import { describe, expect, it } from "vitest";
import type { Action, OpKey } from "../../../contract/index.ts";
import type { User } from "../../../server/core/domain/accounts/user.ts";
import type { Api } from "../../support/api.ts";
import { submission } from "../../support/requests.ts";
import { system } from "../../../server/kernel/actor.ts";
import { takeStep } from "../../../server/core/usecases/requests/take-step.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { deps, clock } = world;

const [resident, cadre, second] = [await world.resident(), await world.cadre(), await world.cadre()];
const [mine, his, desk] = [
  await world.as(resident),
  await world.as(cadre),
  await world.as(await world.staff("committee")),
];
const elder = { name: "孙桂珍", phone: "13900000001", building: "1号楼", unit: "1单元", room: "101" };
const old = await world.resident();
const there = await world.as(await world.staff("committee", ["west"]));
const neighbours = await world.as(await world.resident());
const subject = deps.keys.blindIndex("phone", elder.phone);
await deps.store.identities.link({ kind: "phone", subject, userId: old.id });
const elders = await world.as(old);
const scores = { response: 5, attitude: 5, result: 5 };

const organization = (await world.staff("partner")).memberships[0]!.organizationName!;

const plea = (reason: string) => ({ until: new Date(clock.now().getTime() + 5 * 86_400_000).toISOString(), reason });

/** Every step: who takes it, the steps before it, and two valid bodies. */
const steps: Record<Action, [who: Api, after: Action[], body: object, other: object]> = {
  claim: [his, [], {}, {}],
  assign: [desk, [], { cadreId: cadre.id }, { cadreId: second.id }],
  release: [his, ["claim"], { code: "shift-ends", reason: "要开会" }, { code: "other", reason: "不顺路" }],
  "hand-over": [
    his,
    ["claim", "first-contact"],
    { note: "约好明早上门", cadreId: null },
    { note: "等配件", cadreId: second.id },
  ],
  "first-contact": [his, ["claim"], { note: "打了电话" }, { note: "发了消息" }],
  note: [his, ["claim"], { text: "看过现场" }, { text: "等配件" }],
  "internal-note": [his, ["claim"], { text: "家里有狗" }, { text: "狗已拴好" }],
  message: [mine, ["claim"], { text: "几点来？" }, { text: "不急" }],
  ask: [his, ["claim"], { text: "几号楼？" }, { text: "取件码？" }],
  answer: [mine, ["claim", "ask"], { text: "1 号楼" }, { text: "2 号楼" }],
  resolve: [his, ["claim"], { result: "送到了" }, { result: "放门口了" }],
  rate: [mine, ["claim", "resolve"], { outcome: "solved", scores }, { outcome: "partly", scores }],
  "call-back": [
    desk,
    ["claim", "resolve"],
    { answer: "satisfied", text: "补修好了" },
    { answer: "unsatisfied", text: "还漏" },
  ],
  withdraw: [mine, [], { reason: "不用了" }, { reason: "自己取了" }],
  reject: [desk, [], { reason: "不在职责内" }, { reason: "重复提交" }],
  consent: [his, ["claim"], { agreed: true }, { agreed: false }],
  "revoke-consent": [elders, ["claim", "consent"], {}, {}],
  decline: [his, [], { reason: "走不开" }, { reason: "不熟悉" }],
  "ask-transfer": [desk, [], { to: "west", reason: "住在西苑" }, { to: "west", reason: "在西苑门口" }],
  "recall-transfer": [desk, ["ask-transfer"], {}, {}],
  "accept-transfer": [there, ["ask-transfer"], {}, {}],
  "refuse-transfer": [there, ["ask-transfer"], { reason: "不归我们" }, { reason: "在东苑" }],
  follow: [neighbours, [], {}, {}],
  unfollow: [neighbours, ["follow"], {}, {}],
  "ask-extension": [his, ["claim"], plea("等配件"), plea("等天晴")],
  "approve-extension": [desk, ["claim", "ask-extension"], {}, {}],
  "refuse-extension": [desk, ["claim", "ask-extension"], { reason: "现在就能办" }, { reason: "不急" }],
  "ask-suspension": [his, ["claim", "first-contact"], plea("等大修"), plea("等表决")],
  "approve-suspension": [desk, ["claim", "first-contact", "ask-suspension"], {}, {}],
  "refuse-suspension": [desk, ["claim", "first-contact", "ask-suspension"], { reason: "能办" }, { reason: "不急" }],
  "ask-organization": [
    his,
    ["claim"],
    { organization, text: "请换楼道灯", hours: 8 },
    { organization, text: "请修门禁", hours: 16 },
  ],
  resume: [his, ["claim", "first-contact", "ask-suspension", "approve-suspension"], {}, {}],
};

const take = (api: Api, action: Action, id: string, body: object, key?: string) =>
  api.call(`POST /api/requests/:id/${action}` as OpKey, { params: { id }, body, ...(key ? { key } : {}) } as never);

async function file(action: Action): Promise<string> {
  if (action !== "consent" && action !== "revoke-consent") {
    // The service of a shared facility, whose requests neighbours may follow.
    const serviceCode = action.endsWith("follow") ? "light" : "parcel";
    return (await mine.call("POST /api/requests", { body: submission({ serviceCode }) })).ok.id;
  }
  const child = await world.as(await world.resident());
  const body = { ...submission(), elder, relation: "parent" as const };
  return (await child.call("POST /api/requests/for-family", { body })).ok.id;
}

async function requestReadyFor(action: Action): Promise<string> {
  const id = await file(action);
  if (action === "decline") {
    const expiresAt = new Date(clock.now().getTime() + 300_000);
    const offer = { cadreId: cadre.id, cadreName: cadre.name ?? "", kind: "duty" as const, expiresAt, why: {} };
    await takeStep(deps, { actor: system, idempotency: null }, id, "offer", offer);
  }
  for (const before of steps[action][1]) {
    const [who, , body] = steps[before];
    expect((await take(who, before, id, body)).code).toBeNull();
  }
  if (action === "call-back") {
    const low = { outcome: "partly", scores: { ...scores, result: 2 } };
    expect((await take(mine, "rate", id, low)).code).toBeNull();
  }
  return id;
}

const strangers: [string, () => Promise<User>][] = [
  ["another resident", () => world.resident()],
  ["a cadre of another community", () => world.cadre("west")],
  ["the committee of another community", () => world.staff("committee", ["west"])],
  ["a partner", () => world.staff("partner")],
  ["the operator", () => world.staff("admin")],
];

describe.each(Object.keys(steps) as Action[])("%s", (action) => {
  const [who, , body, other] = steps[action];

  it("is not there for whoever may not read the request", async () => {
    const id = await requestReadyFor(action);
    const before = (await deps.store.requests.load(id))!;
    for (const [name, make] of strangers) {
      if (action === "follow" && name === "another resident") continue;
      // The other community is asked to take the request over, so it may know of it.
      if (action.endsWith("-transfer") && action !== "ask-transfer" && name.endsWith("another community")) continue;
      const answer = await take(await world.as(await make()), action, id, body);
      expect([answer.status, answer.code], name).toEqual([404, "request.unknown"]);
    }
    expect(await deps.store.requests.load(id)).toEqual(before);
  });

  it("is not there for a request that is not", async () => {
    const answer = await take(who, action, "0".repeat(24), body);
    expect([answer.status, answer.code]).toEqual([404, "request.unknown"]);
  });

  it.runIf(Object.keys(body).length > 0)(
    "with a key of another body is refused, and with its own answered",
    async () => {
      const id = await requestReadyFor(action);
      const key = `intent-of-${action}`;
      const version = async () => (await world.deps.store.requests.load(id))?.request.version;
      await take(who, action, id, body, key);
      const first = await version();
      const reused = await take(who, action, id, other, key);
      expect([reused.status, reused.code]).toEqual([422, "idempotency.key_reused"]);
      expect((await take(who, action, id, body, key)).status).toBeLessThan(300);
      expect(await version()).toBe(first);
    },
  );

  it("without a login is refused", async () => {
    const answer = await take(await world.as(null), action, await requestReadyFor(action), body);
    expect([answer.status, answer.code]).toEqual([401, "auth.required"]);
  });

  it.runIf(Object.keys(body).length > 0)("without what it needs is refused", async () => {
    const answer = await take(who, action, await requestReadyFor(action), {});
    expect([answer.status, answer.code]).toEqual([422, "input.invalid"]);
  });
});

describe("a photo that is not the sender's to show", () => {
  it.each(["message", "resolve"] as const)("%s is refused with it, and nothing is taken", async (action) => {
    const [who, , body] = steps[action];
    const id = await requestReadyFor(action);
    const before = (await deps.store.requests.load(id))!;
    const unknown = await take(who, action, id, { ...body, fileIds: ["0".repeat(24)] });
    expect([unknown.status, unknown.code]).toEqual([422, "file.unknown"]);
    expect((await deps.store.requests.load(id))!.request).toEqual(before.request);
    expect((await mine.call("GET /api/requests/:id", { params: { id } })).ok.messages).toEqual([]);
  });
});
