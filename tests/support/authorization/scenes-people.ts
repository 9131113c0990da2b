import type { User } from "../../../server/core/domain/accounts/user.ts";
import { openSession } from "../../../server/core/usecases/accounts/open-session.ts";
import { newId } from "../../../server/kernel/ids.ts";
import { invite } from "../../../server/core/usecases/people/invite.ts";
import { requestOtp } from "../../../server/core/usecases/accounts/request-otp.ts";
import { giveAccount, password } from "../second-factor.ts";
import { type Scenes, type Stage, aPhone, asking, caller, minutesFrom, next, requestOf } from "./stage.ts";

const home = { communityId: "east", building: "1号楼", unit: "1单元", room: "101" };

async function invitation(stage: Stage) {
  const invited = { role: "cadre", name: "钱新", title: "社区干部", positions: [], dutyPhone: null } as const;
  const made = await invite(stage.world.deps, await asking(stage, "clerk"), "east", {
    ...invited,
    organizationName: null,
  });
  return { id: made.id, code: stage.world.deps.tokens.issueInvitation(made.id) };
}

/** The post of a staff member. */
async function postOf({ cast }: Stage, who: "offDuty" | "cadreThere" | "clerk") {
  const user = await cast.user(who);
  return { id: "east", userId: user.id, postId: user.memberships[0]!.id };
}

const somewhere = { device: "微信 · iPhone", front: "weapp", address: "127.0.0.1", sessionId: null } as const;

/** A session of a user on another device. */
const loginOf = async ({ world }: Stage, user: User): Promise<string> =>
  (await openSession(world.deps, user, "phone", somewhere)).sessionId;

const change = { title: "社区干部", positions: ["民政"], dutyPhone: null };

/** Scenes for logins, the own person, residents, posts and invitations. */
export const peopleScenes = {
  "POST /api/auth/wechat": ({ world }) => ({ body: { code: world.wechat.issueCode(`o-${next()}`) } }),
  "POST /api/auth/otp": () => ({ body: { phone: aPhone() } }),
  async "POST /api/auth/otp/verify"({ world }) {
    const phone = aPhone();
    return { body: { phone, code: (await requestOtp(world.deps, phone, "127.0.0.1")).demoCode } };
  },
  async "POST /api/auth/password"({ world, cast }) {
    if (!(await world.deps.store.identities.find("account", "east-desk")))
      await giveAccount(world, await cast.user("clerk"), "east-desk");
    return { body: { account: "east-desk", password } };
  },
  async "POST /api/auth/refresh"(stage) {
    const { refreshToken } = await openSession(stage.world.deps, await stage.world.resident(), "phone", somewhere);
    return { body: { refreshToken } };
  },
  "POST /api/auth/activity": () => ({}),
  "POST /api/auth/logout": () => ({}),
  "GET /api/me/sessions": () => ({}),
  async "DELETE /api/me/sessions/:id"(stage) {
    const id = await loginOf(stage, await caller(stage));
    return { params: { id }, about: id };
  },
  async "DELETE /api/me/sessions/:id (of somebody else)"(stage) {
    const id = await loginOf(stage, await stage.world.resident());
    return { params: { id }, about: id };
  },
  "DELETE /api/me/sessions": () => ({}),
  "GET /api/me": () => ({}),
  "GET /api/me/data": () => ({}),
  "GET /api/me/export": () => ({}),
  "PATCH /api/me": () => ({ body: { largeText: true } }),
  "PATCH /api/me (a post of somebody else's)": async ({ world }) => ({
    body: { actingAs: (await world.staff("committee")).actingAs },
  }),
  "POST /api/me/registration": () => ({ body: { ...home, name: "赵新", phone: aPhone() } }),
  "POST /api/me/phone": ({ world }) => ({ body: { code: world.wechat.issuePhoneCode(aPhone()) } }),
  "POST /api/me/otp": () => ({}),
  async "POST /api/me/close"(stage) {
    const { deps } = stage.world;
    const { phone } = await caller(stage);
    const code = phone && (await requestOtp(deps, deps.keys.open(phone, "phone"), "127.0.0.1")).demoCode;
    return { body: { proof: { kind: "phone", code: code ?? "123456" } } };
  },
  "GET /api/residents": () => ({}),
  async "POST /api/residents/:id/confirm"(stage) {
    await requestOf(stage, { status: "handling" });
    const { id } = await stage.cast.user("owner");
    return { params: { id }, about: id };
  },
  async "POST /api/reveals"(stage) {
    const id = await requestOf(stage, { status: "handling" });
    return { body: { of: "request", id, field: "phone", reason: "回访打不通" }, about: id };
  },
  async "POST /api/reveals (of a resident)"({ cast }) {
    const { id } = await cast.user("owner");
    return { body: { of: "resident", id, field: "home", reason: "核实住址" }, about: id };
  },
  "GET /api/reveals/rate": () => ({}),
  "GET /api/reveals/rate (of a community)": () => ({ query: { communityId: "east" } }),

  "GET /api/communities/:id/people": () => ({ params: { id: "east" } }),
  "PUT /api/communities/:id/people/:userId/posts/:postId": async (stage) => {
    const params = await postOf(stage, "offDuty");
    return { params, body: change, about: params.postId };
  },
  "PUT /api/communities/:id/people/:userId/posts/:postId (of somebody in west)": async (stage) => {
    const params = await postOf(stage, "cadreThere");
    return { params, body: change, about: params.postId };
  },
  "POST /api/communities/:id/people/:userId/posts/:postId/end": async (stage) => {
    const params = await postOf(stage, "offDuty");
    return { params, body: { reason: "调到别处工作" }, about: params.postId };
  },
  "POST /api/communities/:id/people/:userId/posts/:postId/end (the own one)": async (stage) => ({
    params: await postOf(stage, "clerk"),
    body: { reason: "调到别处工作" },
  }),
  "POST /api/communities/:id/clerks": () => ({
    params: { id: "east" },
    body: { account: `desk-${next()}`, name: "周文", title: "工作人员" },
  }),
  "GET /api/communities/:id/invitations": () => ({ params: { id: "east" } }),
  "POST /api/communities/:id/invitations": () => ({
    params: { id: "east" },
    body: { role: "cadre", name: "钱新", title: "社区干部" },
  }),
  "POST /api/communities/:id/invitations/:invitationId/revoke": async (stage) => {
    const { id } = await invitation(stage);
    return { params: { id: "east", invitationId: id }, about: id };
  },
  "GET /api/communities/:id/invitations/:invitationId/file": async (stage) => {
    const { id } = await invitation(stage);
    return { params: { id: "east", invitationId: id }, about: id };
  },
  "GET /api/invitations/:code": async (stage) => ({ params: { code: (await invitation(stage)).code } }),
  "POST /api/invitations/:code/accept": async (stage) => ({ params: { code: (await invitation(stage)).code } }),

  "POST /api/duty/start": (stage) => ({ body: { until: minutesFrom(stage, 120).toISOString() } }),
  "POST /api/duty/check-in": () => ({}),
  "POST /api/duty/end": () => ({ body: { notesLater: true } }),
  "GET /api/duty/handover": () => ({}),
  "GET /api/inbox": () => ({}),
  "POST /api/inbox/read": () => ({ body: { ids: [newId()] } }),
  "GET /api/notify/templates": () => ({}),
  "POST /api/notify/consents": () => ({ body: { answers: [] } }),
} satisfies Scenes;
