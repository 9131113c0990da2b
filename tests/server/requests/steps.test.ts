import { describe, expect, it } from "vitest";
import type { Action, Status as State } from "../../../contract/index.ts";
import type { User } from "../../../server/core/domain/accounts/user.ts";
import type { Api } from "../../support/api.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { deps, clock } = world;

const resident = await world.resident();
const handler = await world.cadre();
const other = await world.cadre();
const clerk = await world.staff("committee");
const organization = (await world.staff("partner")).memberships[0]!.organizationName!;
const [mine, his, hers, desk] = [
  await world.as(resident),
  await world.as(handler),
  await world.as(other),
  await world.as(clerk),
];

const scores = { response: 5, attitude: 4, result: 5 };
const plea = () => ({ until: new Date(clock.now().getTime() + 5 * 86_400_000).toISOString(), reason: "等配件" });

/** Every step with a valid body, over HTTP. */
const take: Record<Action, (api: Api, id: string) => ReturnType<Api["call"]>> = {
  claim: (api, id) => api.call("POST /api/requests/:id/claim", { params: { id } }),
  assign: (api, id) => api.call("POST /api/requests/:id/assign", { params: { id }, body: { cadreId: other.id } }),
  release: (api, id) =>
    api.call("POST /api/requests/:id/release", { params: { id }, body: { code: "shift-ends", reason: "要开会" } }),
  "hand-over": (api, id) =>
    api.call("POST /api/requests/:id/hand-over", { params: { id }, body: { note: "约好明早上门", cadreId: other.id } }),
  "first-contact": (api, id) =>
    api.call("POST /api/requests/:id/first-contact", { params: { id }, body: { note: "已电话联系" } }),
  note: (api, id) => api.call("POST /api/requests/:id/note", { params: { id }, body: { text: "已去现场" } }),
  "internal-note": (api, id) =>
    api.call("POST /api/requests/:id/internal-note", { params: { id }, body: { text: "家里有狗" } }),
  message: (api, id) => api.call("POST /api/requests/:id/message", { params: { id }, body: { text: "您好" } }),
  ask: (api, id) => api.call("POST /api/requests/:id/ask", { params: { id }, body: { text: "取件码是多少？" } }),
  answer: (api, id) => api.call("POST /api/requests/:id/answer", { params: { id }, body: { text: "8-2-1007" } }),
  resolve: (api, id) => api.call("POST /api/requests/:id/resolve", { params: { id }, body: { result: "已送到" } }),
  rate: (api, id) => api.call("POST /api/requests/:id/rate", { params: { id }, body: { outcome: "solved", scores } }),
  "call-back": (api, id) =>
    api.call("POST /api/requests/:id/call-back", { params: { id }, body: { answer: "satisfied", text: "补修好了" } }),
  withdraw: (api, id) => api.call("POST /api/requests/:id/withdraw", { params: { id }, body: { reason: "不用了" } }),
  reject: (api, id) =>
    api.call("POST /api/requests/:id/reject", { params: { id }, body: { reason: "不在社区职责内" } }),
  consent: (api, id) => api.call("POST /api/requests/:id/consent", { params: { id }, body: { agreed: true } }),
  "revoke-consent": (api, id) => api.call("POST /api/requests/:id/revoke-consent", { params: { id } }),
  decline: (api, id) => api.call("POST /api/requests/:id/decline", { params: { id }, body: { reason: "走不开" } }),
  "ask-transfer": (api, id) =>
    api.call("POST /api/requests/:id/ask-transfer", { params: { id }, body: { to: "west", reason: "住在西苑" } }),
  "recall-transfer": (api, id) => api.call("POST /api/requests/:id/recall-transfer", { params: { id } }),
  "accept-transfer": (api, id) => api.call("POST /api/requests/:id/accept-transfer", { params: { id } }),
  "refuse-transfer": (api, id) =>
    api.call("POST /api/requests/:id/refuse-transfer", { params: { id }, body: { reason: "不归我们" } }),
  follow: (api, id) => api.call("POST /api/requests/:id/follow", { params: { id } }),
  unfollow: (api, id) => api.call("POST /api/requests/:id/unfollow", { params: { id } }),
  "ask-extension": (api, id) => api.call("POST /api/requests/:id/ask-extension", { params: { id }, body: plea() }),
  "approve-extension": (api, id) => api.call("POST /api/requests/:id/approve-extension", { params: { id }, body: {} }),
  "refuse-extension": (api, id) =>
    api.call("POST /api/requests/:id/refuse-extension", { params: { id }, body: { reason: "现在就能办" } }),
  "ask-suspension": (api, id) => api.call("POST /api/requests/:id/ask-suspension", { params: { id }, body: plea() }),
  "approve-suspension": (api, id) =>
    api.call("POST /api/requests/:id/approve-suspension", { params: { id }, body: {} }),
  "refuse-suspension": (api, id) =>
    api.call("POST /api/requests/:id/refuse-suspension", { params: { id }, body: { reason: "现在就能办" } }),
  resume: (api, id) => api.call("POST /api/requests/:id/resume", { params: { id }, body: {} }),
  "ask-organization": (api, id) =>
    api.call("POST /api/requests/:id/ask-organization", {
      params: { id },
      body: { organization, text: "请换楼道灯", hours: 8 },
    }),
};

const file = async (): Promise<string> => (await mine.call("POST /api/requests", { body: submission() })).ok.id;

/** The steps that bring a request into each state. */
const paths: Record<State, readonly (readonly [Action, Api])[]> = {
  queued: [],
  claimed: [["claim", his]],
  handling: [["claim", his], ["first-contact", his]],
  waiting: [["claim", his], ["ask", his]],
  suspended: [["claim", his], ["first-contact", his], ["ask-suspension", his], ["approve-suspension", desk]],
  resolved: [["claim", his], ["resolve", his]],
  closed: [["claim", his], ["resolve", his], ["rate", mine]],
  withdrawn: [["withdraw", mine]],
  rejected: [["claim", his], ["reject", his]],
}; // prettier-ignore

async function requestIn(state: State): Promise<string> {
  const id = await file();
  for (const [action, api] of paths[state]) expect((await take[action](api, id)).code).toBeNull();
  return id;
}

const callers = { resident: mine, handler: his, "another cadre on duty": hers, committee: desk };
type Caller = keyof typeof callers;

/** Who may take which step in which state: the table of docs/lifecycle.md, written by hand a second time. */
const allowed: Record<State, Partial<Record<Caller, readonly Action[]>>> = {
  queued: {
    resident: ["withdraw"],
    handler: ["claim"],
    "another cadre on duty": ["claim"],
    committee: ["assign", "internal-note", "reject", "ask-transfer"],
  },
  claimed: {
    resident: ["message", "withdraw"],
    handler: [
      "release",
      "first-contact",
      "note",
      "internal-note",
      "message",
      "ask",
      "resolve",
      "reject",
      "ask-transfer",
      "ask-extension",
      "ask-organization",
    ],
    committee: ["assign", "note", "internal-note", "reject", "ask-transfer", "ask-organization"],
  },
  handling: {
    resident: ["message", "withdraw"],
    handler: [
      "release",
      "hand-over",
      "note",
      "internal-note",
      "message",
      "ask",
      "resolve",
      "reject",
      "ask-transfer",
      "ask-extension",
      "ask-suspension",
      "ask-organization",
    ],
    committee: ["assign", "note", "internal-note", "reject", "ask-transfer", "ask-organization"],
  },
  waiting: {
    resident: ["message", "answer", "withdraw"],
    handler: ["release", "hand-over", "note", "internal-note", "message", "reject", "ask-transfer", "ask-organization"],
    committee: ["assign", "note", "internal-note", "reject", "ask-transfer", "ask-organization"],
  },
  suspended: {
    resident: ["message", "withdraw"],
    handler: ["release", "hand-over", "note", "internal-note", "message", "reject", "resume", "ask-organization"],
    committee: ["assign", "note", "internal-note", "reject", "resume", "ask-organization"],
  },
  resolved: { resident: ["message", "rate"], handler: ["internal-note", "message"], committee: ["internal-note"] },
  // Allowed within a day of the rating.
  closed: { resident: ["rate"] },
  withdrawn: {},
  rejected: {},
};

describe.each(Object.keys(paths) as State[])("a request that is %s", (state) => {
  it.each(Object.keys(callers) as Caller[])("offers the %s exactly what the table says", async (caller) => {
    const id = await requestIn(state);
    const detail = (await callers[caller].call("GET /api/requests/:id", { params: { id } })).ok;
    expect(detail.status).toBe(state);
    expect(detail.abilities.toSorted()).toEqual([...(allowed[state][caller] ?? [])].toSorted());
  });

  it.each(Object.keys(callers) as Caller[])("refuses the %s everything else, and changes nothing", async (caller) => {
    const id = await requestIn(state);
    const before = (await deps.store.requests.load(id))!;
    for (const action of Object.keys(take) as Action[]) {
      if (allowed[state][caller]?.includes(action)) continue;
      // A repeated claim by the handler is answered, not refused.
      if (action === "claim" && caller === "handler" && before.request.handlerId === handler.id) continue;
      const answer = await take[action](callers[caller], id);
      expect([403, 409], `${action}: ${answer.code}`).toContain(answer.status);
    }
    expect((await deps.store.requests.load(id))!.request).toEqual(before.request);
  });

  it("takes each allowed step, and says so in the timeline", async () => {
    for (const [caller, actions] of Object.entries(allowed[state]) as [Caller, readonly Action[]][]) {
      for (const action of actions) {
        const id = await requestIn(state);
        const before = (await desk.call("GET /api/requests/:id", { params: { id } })).ok;
        const answer = await take[action](callers[caller], id);
        expect(answer.code, `${caller} ${action}`).toBeNull();
        const after = (await desk.call("GET /api/requests/:id", { params: { id } })).ok;
        expect(after.timeline).toHaveLength(before.timeline.length + 1);
      }
    }
  });
});

describe("the main job", () => {
  it("goes from a filing to a rating that the log shows", async () => {
    const id = await file();
    const params = { id };
    clock.pass(3);
    expect((await take.claim(his, id)).ok).toMatchObject({
      status: "claimed",
      handler: { name: handler.name, dutyPhone: "021-55500001" },
    });
    await take["first-contact"](his, id);
    clock.pass(1);
    await take.note(his, id);
    clock.pass(1);
    await take.message(mine, id);
    clock.pass(30);
    expect((await take.resolve(his, id)).ok).toMatchObject({ status: "resolved", result: { text: "已送到" } });
    expect((await take.rate(mine, id)).ok).toMatchObject({ status: "closed", rating: { outcome: "solved", scores } });
    await world.relay.drain();
    const { items } = (await desk.call("GET /api/log", { query: { requestId: id } })).ok;
    expect(items.map(({ type }) => type)).toEqual([
      "request.submitted", "request.claimed", "request.contacted", "request.noted",
      "request.message_sent", "request.resolved", "request.rated",
    ]); // prettier-ignore
    expect(items.at(-1)).toMatchObject({ data: { outcome: "solved", scores }, actor: { role: "resident" } });
    const detail = (await desk.call("GET /api/requests/:id", { params })).ok;
    expect(detail.timeline.map(({ type }) => type)).toEqual(items.map(({ type }) => type));
    expect(detail.knowledgeCard).toMatchObject({ bring: ["取件码"] });
  });

  it("not solved goes back to the queue as rework with a shorter clock", async () => {
    const id = await requestIn("resolved");
    const answer = await mine.call("POST /api/requests/:id/rate", {
      params: { id },
      body: { outcome: "unsolved", scores: { response: 3, attitude: 3, result: 1 }, comment: "包裹不对" },
    });
    expect(answer.ok).toMatchObject({ status: "queued", reworkCount: 1, handler: null });
    const { items } = (await hers.call("GET /api/requests", { query: { scope: "queue", limit: 100 } })).ok;
    expect(items.map((request) => request.id)).toContain(id);
    const minutes = (Date.parse(answer.ok.resolveBy!) - clock.now().getTime()) / 60_000;
    expect(minutes).toBe(720);
  });

  it("waits for the resident with the clock stopped", async () => {
    const id = await requestIn("claimed");
    const before = (await mine.call("GET /api/requests/:id", { params: { id } })).ok;
    await take.ask(his, id);
    clock.pass(90);
    const waiting = (await mine.call("GET /api/requests/:id", { params: { id } })).ok;
    expect(waiting).toMatchObject({ status: "waiting", resolveBy: null, question: { text: "取件码是多少？" } });
    const after = (await take.answer(mine, id)).ok as typeof before;
    expect((Date.parse(after.resolveBy!) - Date.parse(before.resolveBy!)) / 60_000).toBe(90);
  });
});

describe("filing", () => {
  it("needs only community, service and description; the rest is the resident's own", async () => {
    const { body } = { body: submission({ description: "门口有包裹\n麻烦代取" }) };
    const filed = (await mine.call("POST /api/requests", { body })).ok;
    expect(filed).toMatchObject({
      status: "queued",
      title: "门口有包裹",
      place: { building: "1号楼", unit: "1单元" },
      contact: { name: resident.name },
      requestNo: expect.stringMatching(/^[0-9A-Z]{4}-[0-9A-Z]{4}-.$/),
    });
  });

  it.each([
    ["a community that is not there", { communityId: "nowhere" }, 404, "community.unknown"],
    ["a service that is not there", { serviceCode: "magic" }, 422, "service.unknown"],
    ["a required question unanswered", { serviceCode: "permit" }, 422, "request.answer_missing"],
    [
      "a choice that is not offered",
      { serviceCode: "permit", answers: { purpose: "别的" } },
      422,
      "request.answer_missing",
    ],
    ["a photo that is not there", { fileIds: ["0".repeat(24)] }, 422, "file.unknown"],
    ["ten photos", { fileIds: Array.from({ length: 10 }, () => "0".repeat(24)) }, 422, "input.invalid"],
    ["no words", { description: "  " }, 422, "input.invalid"],
    ["a description that is too long", { description: "长".repeat(1001) }, 422, "input.invalid"],
  ])("%s is refused", async (_what, over, status, code) => {
    expect(await mine.call("POST /api/requests", { body: submission(over) })).toMatchObject({ status, code });
  });

  it("ignores keys that it does not know, also those that would set the state", async () => {
    const body = { ...submission(), status: "closed", handlerId: handler.id, $where: "1" };
    expect((await mine.call("POST /api/requests", { body })).ok).toMatchObject({ status: "queued", handler: null });
  });

  it("asks a guest to register first", async () => {
    const guest: User = await deps.store.users.create({ name: null });
    const answer = await (await world.as(guest)).call("POST /api/requests", { body: submission() });
    expect(answer).toMatchObject({ status: 403, code: "registration.required" });
  });

  it("assign refuses somebody who is no cadre of the community", async () => {
    const id = await file();
    const stranger = await world.cadre("west");
    for (const cadreId of [stranger.id, resident.id, "0".repeat(24)]) {
      const answer = await desk.call("POST /api/requests/:id/assign", { params: { id }, body: { cadreId } });
      expect(answer).toMatchObject({ status: 422, code: "cadre.unknown" });
    }
  });
});
