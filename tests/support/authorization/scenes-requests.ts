import { type RequestChange, withChanges } from "../../../server/core/domain/requests/request-change.ts";
import type { Action } from "../../../contract/index.ts";
import type { Request } from "../../../server/core/domain/requests/request.ts";
import { type Transition, transitions } from "../../../server/core/domain/requests/request-lifecycle.ts";
import { aCallback } from "../lifecycle.ts";
import { submission } from "../requests.ts";
import { type Scene, type Scenes, type Stage, aPhone, minutesFrom, requestOf } from "./stage.ts";

/** The state in which a step is tried, where the first one in the table is unsuitable. */
const states: Partial<Record<Action, Request["status"]>> = {
  ...{ "call-back": "closed", "first-contact": "claimed", claim: "queued", decline: "queued", resume: "suspended" },
  ...{ "accept-transfer": "claimed", "ask-extension": "handling", "refuse-extension": "handling" },
};

type Condition = NonNullable<Transition["when"]>[number];

const transfer = (stage: Stage): RequestChange => ({
  transfer: {
    pending: {
      ...{ to: "west", toName: "西苑", fromName: "东苑", reason: "住在西苑", byName: "王敏" },
      at: stage.world.clock.now(),
    },
  },
});
const plea = (stage: Stage, kind: "extension" | "suspension"): RequestChange => ({
  clocks: { timeRequest: { kind, until: minutesFrom(stage, 4320), reason: "等配件", at: stage.world.clock.now() } },
});

/** Changes that make a request meet a condition of the table. */
const meeting: Partial<Record<Condition, (stage: Stage) => Promise<RequestChange> | RequestChange>> = {
  "consent asked": async ({ cast }) => ({
    party: {
      filedBy: {
        ...{ id: (await cast.user("family")).id, name: "女儿", as: "family", relation: "parent" },
        consent: { state: "asked", mayRate: false, how: null, at: null },
      },
    },
  }),
  "transfer asked": transfer,
  "extension asked": (stage) => plea(stage, "extension"),
  "suspension asked": (stage) => plea(stage, "suspension"),
  offered: async (stage) => {
    const cadre = await stage.cast.user("onDuty");
    const [at, expiresAt] = [stage.world.clock.now(), minutesFrom(stage, 5)];
    return { dispatch: { offer: { cadreId: cadre.id, cadreName: cadre.name ?? "", kind: "duty", at, expiresAt } } };
  },
  "callback due": async (stage) => ({
    outcome: {
      callback: {
        ...aCallback,
        dueBy: minutesFrom(stage, 600),
        excludedUserId: (await stage.cast.user("handler")).id,
      },
    },
    clocks: { closedAt: minutesFrom(stage, -2) },
  }),
};

/** The scene of a step: a request in a state in which the step is allowed. */
const step =
  (action: Action, body?: (stage: Stage) => Promise<object> | object): Scene =>
  async (stage) => {
    const { from, when } = transitions.find((each) => each.action === action)!;
    const status = states[action] ?? (from.includes("handling") ? "handling" : from[0]!);
    // The service of a shared facility, whose requests neighbours may follow.
    const serviceCode = action === "follow" ? "light" : "parcel";
    let over: RequestChange = { status, serviceCode };
    for (const condition of when ?? []) over = withChanges(over, (await meeting[condition]?.(stage)) ?? {});
    const id = await requestOf(stage, over);
    return { params: { id }, about: id, ...(body ? { body: await body(stage) } : {}) };
  };

const until = (stage: Stage): object => ({ until: minutesFrom(stage, 7200).toISOString(), reason: "等配件" });
const elder = () => ({ name: "孙桂珍", phone: aPhone(), building: "1号楼", unit: "1单元", room: "101" });
const read =
  (over: RequestChange = {}): Scene =>
  async (stage) => {
    const id = await requestOf(stage, { status: "handling", ...over });
    return { params: { id }, about: id };
  };

export const requestScenes = {
  "POST /api/requests": () => ({ body: submission() }),
  "POST /api/requests/for-resident": () => ({ body: { ...submission(), resident: elder() } }),
  "POST /api/requests/for-family": () => ({ body: { ...submission(), elder: elder(), relation: "parent" } }),
  "POST /api/requests/near": () => ({
    body: { communityId: "east", serviceCode: "light", description: "楼道灯不亮" },
  }),
  "GET /api/requests": () => ({}),
  "GET /api/requests (of a community)": () => ({ query: { scope: "community", communityId: "east" } }),
  "GET /api/requests (whose callback is due)": () => ({
    query: { scope: "community", communityId: "east", attention: "callback" },
  }),
  "GET /api/requests/:id": read(),
  "GET /api/requests/:id (that is to be transferred to west)": async (stage) => read(transfer(stage))(stage),
  "GET /api/requests/:id/deliveries": read(),
  async "POST /api/queue/claim-next"(stage) {
    await requestOf(stage);
    await requestOf(stage, { communityId: "west" });
    return {};
  },
  "POST /api/requests/:id/claim": step("claim"),
  "POST /api/requests/:id/assign": step("assign", async ({ cast }) => ({ cadreId: (await cast.user("onDuty")).id })),
  "POST /api/requests/:id/release": step("release", () => ({ code: "shift-ends", reason: "要开会" })),
  "POST /api/requests/:id/first-contact": step("first-contact"),
  "POST /api/requests/:id/note": step("note"),
  "POST /api/requests/:id/internal-note": step("internal-note"),
  "POST /api/requests/:id/message": step("message"),
  "POST /api/requests/:id/ask": step("ask"),
  "POST /api/requests/:id/answer": step("answer"),
  "POST /api/requests/:id/resolve": step("resolve"),
  "POST /api/requests/:id/rate": step("rate", () => ({
    outcome: "solved",
    scores: { response: 5, attitude: 5, result: 5 },
  })),
  "POST /api/requests/:id/withdraw": step("withdraw"),
  "POST /api/requests/:id/reject": step("reject"),
  "POST /api/requests/:id/consent": step("consent", () => ({ agreed: true })),
  "POST /api/requests/:id/revoke-consent": step("revoke-consent"),
  "POST /api/requests/:id/call-back": step("call-back", () => ({ answer: "satisfied", text: "已重新修好" })),
  "POST /api/requests/:id/follow": step("follow"),
  "POST /api/requests/:id/unfollow": step("unfollow"),
  "POST /api/requests/:id/ask-transfer": step("ask-transfer", () => ({ to: "west", reason: "住在西苑" })),
  "POST /api/requests/:id/recall-transfer": step("recall-transfer"),
  "POST /api/requests/:id/accept-transfer": step("accept-transfer"),
  "POST /api/requests/:id/refuse-transfer": step("refuse-transfer"),
  "POST /api/requests/:id/ask-extension": step("ask-extension", until),
  "POST /api/requests/:id/approve-extension": step("approve-extension"),
  "POST /api/requests/:id/refuse-extension": step("refuse-extension"),
  "POST /api/requests/:id/ask-suspension": step("ask-suspension", until),
  "POST /api/requests/:id/approve-suspension": step("approve-suspension"),
  "POST /api/requests/:id/refuse-suspension": step("refuse-suspension"),
  "POST /api/requests/:id/resume": step("resume"),
  "POST /api/requests/:id/decline": step("decline"),
  "POST /api/requests/:id/hand-over": step("hand-over", () => ({ note: "约好明早上门", cadreId: null })),
} satisfies Scenes;
