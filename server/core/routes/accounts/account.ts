import { replyWithMe, replyWithSession } from "./reply.ts";
import type { accountOperations } from "../../../../contract/account.ts";
import { confirmResident } from "../../usecases/accounts/confirm-resident.ts";
import { confirmersOf, listResidents } from "../../usecases/accounts/list-residents.ts";
import { loginWithPassword } from "../../usecases/accounts/login-with-password.ts";
import { loginWithWeChat } from "../../usecases/accounts/login-with-wechat.ts";
import { logout } from "../../usecases/accounts/logout.ts";
import { refreshSession } from "../../usecases/accounts/refresh-session.ts";
import { register } from "../../usecases/accounts/register.ts";
import { requestOtp } from "../../usecases/accounts/request-otp.ts";
import { ownUser, updateMe } from "../../usecases/accounts/update-me.ts";
import { verifyOtp } from "../../usecases/accounts/verify-otp.ts";
import type { Handlers } from "../../http/handler.ts";
import { presentResident } from "../../presenters/accounts/resident.ts";

export const accountRoutes: Handlers<keyof typeof accountOperations> = {
  "POST /api/auth/wechat": async ({ deps, body, from }) =>
    replyWithSession(deps, await loginWithWeChat(deps, body.code, from())),
  "POST /api/auth/otp": ({ deps, body, address }) => requestOtp(deps, body.phone, address),
  "POST /api/auth/otp/verify": async ({ deps, actor, body, address, from }) =>
    replyWithSession(deps, await verifyOtp(deps, actor, { ...body, address }, from())),
  "POST /api/auth/password": async ({ deps, body, address, from }) =>
    replyWithSession(deps, await loginWithPassword(deps, { ...body, address }, from())),
  "POST /api/auth/refresh": async ({ deps, body }) =>
    replyWithSession(deps, await refreshSession(deps, body.refreshToken)),
  "POST /api/auth/logout": ({ deps, actor, sessionId }) => logout(deps, actor, sessionId),
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
