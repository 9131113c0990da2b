import { replyWithSession } from "./reply.ts";
import type { ownAccountOperations } from "../../../../contract/own-account.ts";
import { changePassword } from "../../usecases/accounts/change-password.ts";
import { beginFactorAtLogin, confirmFactorAtLogin } from "../../usecases/accounts/login-with-password.ts";
import {
  beginOwnFactor,
  confirmOwnFactor,
  endOwnFactor,
  ownAccount,
  renewRecoveryCodes,
} from "../../usecases/accounts/own-factor.ts";
import type { Handlers } from "../../http/handler.ts";
import { presentOwnAccount } from "../../presenters/accounts/own-account.ts";

export const ownAccountRoutes: Handlers<keyof typeof ownAccountOperations> = {
  "GET /api/me/account": async (call) => ({ account: presentOwnAccount(await ownAccount(call.deps, call)) }),
  "POST /api/me/password": (call) => changePassword(call.deps, call, call.body),
  "POST /api/me/second-factor": (call) => beginOwnFactor(call.deps, call, call.body),
  "POST /api/me/second-factor/confirm": async (call) => ({
    recoveryCodes: await confirmOwnFactor(call.deps, call, call.body.code),
  }),
  "POST /api/me/second-factor/recovery-codes": async (call) => ({
    recoveryCodes: await renewRecoveryCodes(call.deps, call, call.body),
  }),
  "POST /api/me/second-factor/off": (call) => endOwnFactor(call.deps, call, call.body),
  "POST /api/auth/second-factor": ({ deps, body, address }) => beginFactorAtLogin(deps, { ...body, address }),
  "POST /api/auth/second-factor/confirm": async ({ body, address, ...call }) => {
    const { opened, recoveryCodes } = await confirmFactorAtLogin(call.deps, { ...body, address }, call.from());
    return { session: await replyWithSession(call, opened), recoveryCodes };
  },
};
