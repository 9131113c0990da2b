import type { platformOperations } from "../../../contract/platform.ts";
import { closeAccount, requestOwnOtp } from "../../usecases/account/close-account.ts";
import { linkWeChatPhone } from "../../usecases/account/link-phone.ts";
import type { Handlers } from "../handler.ts";
import { presentSession } from "../presenters/me.ts";

export const platformRoutes: Handlers<keyof typeof platformOperations> = {
  "POST /api/me/phone": async ({ deps, actor, body }) =>
    presentSession(deps, await linkWeChatPhone(deps, actor, body.code)),
  "POST /api/me/otp": ({ deps, actor, address }) => requestOwnOtp(deps, actor, address),
  "POST /api/me/close": ({ deps, actor, body }) => closeAccount(deps, actor, body.proof),
};
