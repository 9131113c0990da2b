import { z } from "zod";
import type { Operation, OperationKey } from "./operation.ts";

/** A password as it is typed in; how good a new one is, the server says. */
export const Password = z.string().min(1).max(200);

export const ownAccountOperations = {
  "POST /api/me/password": {
    summary: "换自己的密码；其他设备上的登录随即失效",
    tag: "我",
    access: "user",
    budget: "login",
    body: z.object({ password: Password.describe("the one in use"), newPassword: Password }),
    reply: "none",
    errors: [
      "account.no_password",
      "account.password_wrong",
      "auth.password_weak",
      "auth.locked",
      "rate.limited",
      "write.contended",
    ],
  },
} as const satisfies Record<OperationKey, Operation>;
