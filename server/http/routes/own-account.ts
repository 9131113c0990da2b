import type { ownAccountOperations } from "../../../contract/own-account.ts";
import { changePassword } from "../../usecases/account/change-password.ts";
import type { Handlers } from "../handler.ts";

export const ownAccountRoutes: Handlers<keyof typeof ownAccountOperations> = {
  "POST /api/me/password": ({ deps, actor, sessionId, body, address }) =>
    changePassword(deps, { actor, sessionId, address }, body),
};
