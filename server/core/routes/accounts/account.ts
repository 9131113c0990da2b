import { replyWithMe, replyWithSession } from "./reply.ts";
import type { accountOperations } from "../../../../contract/account.ts";
import { confirmResident } from "../../usecases/accounts/confirm-resident.ts";
import { confirmersOf, listResidents } from "../../usecases/accounts/list-residents.ts";
import { loginWithPassword } from "../../usecases/accounts/login-with-password.ts";
import { loginWithWeChat } from "../../usecases/accounts/login-with-wechat.ts";
import { logout } from "../../usecases/accounts/logout.ts";
import { refreshSession } from "../../usecases/accounts/refresh-session.ts";
import { reauthenticate } from "../../usecases/accounts/reauthenticate.ts";
import { register } from "../../usecases/accounts/register.ts";
import { requestOtp } from "../../usecases/accounts/request-otp.ts";
import { ownUser, updateMe } from "../../usecases/accounts/update-me.ts";
import { useSession } from "../../usecases/accounts/use-session.ts";
import { verifyOtp } from "../../usecases/accounts/verify-otp.ts";
import type { Handlers } from "../../http/handler.ts";
import { presentAccess } from "../../presenters/accounts/me.ts";
import { presentResident } from "../../presenters/accounts/resident.ts";

export const accountRoutes: Handlers<keyof typeof accountOperations> = {
  "POST /api/auth/wechat": async (call) =>
    replyWithSession(call, await loginWithWeChat(call.deps, call.body.code, call.from())),
  "POST /api/auth/otp": ({ deps, body, address }) => requestOtp(deps, body.phone, address),
  "POST /api/auth/otp/verify": async ({ actor, body, address, ...call }) =>
    replyWithSession(call, await verifyOtp(call.deps, actor, { ...body, address }, call.from())),
  "POST /api/auth/password": async ({ body, address, ...call }) =>
    replyWithSession(call, await loginWithPassword(call.deps, { ...body, address }, call.from())),
  "POST /api/auth/refresh": async (call) => {
    const token = call.body.refreshToken ?? call.refreshCookie?.token ?? null;
    return replyWithSession(call, await refreshSession(call.deps, token, call.refreshCookie !== null));
  },
  "POST /api/auth/activity": ({ deps, sessionId }) => useSession(deps, sessionId),
  "POST /api/auth/reauthenticate": async (call) =>
    presentAccess(call.deps, await reauthenticate(call.deps, call, call.body)),
  "POST /api/auth/logout": async ({ deps, actor, sessionId, refreshCookie }) => {
    await logout(deps, actor, sessionId);
    refreshCookie?.write(null);
  },
  "GET /api/me": async ({ deps, actor }) => replyWithMe(deps, await ownUser(deps, actor)),
  "PATCH /api/me": async ({ deps, actor, body }) => replyWithMe(deps, await updateMe(deps, actor, body)),
  "POST /api/me/registration": async ({ deps, actor, body }) => replyWithMe(deps, await register(deps, actor, body)),
  "GET /api/residents": async ({ deps, actor, query }) => {
    const { items, nextCursor, confirmers } = await listResidents(deps, actor, query);
    return { items: items.map((user) => presentResident(deps, actor, user, confirmers)), nextCursor };
  },
  "POST /api/residents/:id/confirm": async ({ deps, actor, params }) => {
    const user = await confirmResident(deps, actor, params.id);
    return presentResident(deps, actor, user, await confirmersOf(deps, [user]));
  },
};
