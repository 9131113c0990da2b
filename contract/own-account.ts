import { z } from "zod";
import { Code, Session } from "./account.ts";
import { Instant } from "./common.ts";
import type { Operation, OperationKey } from "./operation.ts";

/** A password as typed. The server checks the strength of new ones. */
const Password = z.string().min(1).max(200);
const Enrolment = z
  .object({
    secret: z.string().describe("base32, to type in where no picture can be read"),
    uri: z.string().describe("otpauth://, to be shown as a QR code"),
  })
  .meta({ id: "Enrolment" });
export type Enrolment = z.infer<typeof Enrolment>;

const RecoveryCodes = z.array(z.string()).describe("each good once, told only now");

/** The protection of the caller's account. */
const OwnAccount = z.object({
  account: z.string(),
  secondFactor: z.object({
    since: Instant.nullable().describe("null: the password alone opens it"),
    recoveryCodes: z.number().int().describe("left"),
    required: z.boolean(),
  }),
});

export type OwnAccount = z.infer<typeof OwnAccount>;

const proving = ["account.no_password", "account.password_wrong", "auth.locked", "rate.limited"] as const;
const code = ["auth.second_factor_required", "auth.second_factor_invalid"] as const;
const login = [
  "auth.password_invalid",
  "auth.password_temporary",
  "auth.second_factor_required",
  "auth.locked",
  "rate.limited",
] as const;

export const ownAccountOperations = {
  "GET /api/me/account": {
    summary: "我的账号：登录名、两步验证开没开、还剩几个恢复码",
    tag: "我",
    access: "user",
    reply: z.object({ account: OwnAccount.nullable().describe("null: without a password, by WeChat or phone") }),
  },
  "POST /api/me/password": {
    summary: "换自己的密码；其他设备上的登录随即失效",
    tag: "我",
    access: "user",
    budget: "login",
    body: z.object({ password: Password.describe("the one in use"), newPassword: z.string().min(1).max(128) }),
    reply: "none",
    errors: [...proving, "auth.password_weak", "write.contended"],
  },
  "POST /api/me/second-factor": {
    summary: "绑定验证器（或换一台手机）：给出密钥，输入第一个验证码后生效",
    tag: "我",
    access: "user",
    secret: true,
    budget: "login",
    body: z.object({ password: Password, code: Code.optional().describe("of the present one, where there is one") }),
    reply: Enrolment,
    errors: [...proving, ...code, "write.contended"],
  },
  "POST /api/me/second-factor/confirm": {
    summary: "以第一个验证码完成绑定；恢复码只在这里显示一次，其他登录随即失效",
    tag: "我",
    access: "user",
    secret: true,
    budget: "login",
    body: z.object({ code: Code }),
    reply: z.object({ recoveryCodes: RecoveryCodes }),
    errors: [
      "account.second_factor_not_begun",
      "auth.second_factor_invalid",
      "auth.locked",
      "rate.limited",
      "write.contended",
    ],
  },
  "POST /api/me/second-factor/recovery-codes": {
    summary: "换一批恢复码，原来的作废",
    tag: "我",
    access: "user",
    secret: true,
    budget: "login",
    body: z.object({ password: Password, code: Code }),
    reply: z.object({ recoveryCodes: RecoveryCodes }),
    errors: [...proving, ...code, "account.second_factor_off", "write.contended"],
  },
  "POST /api/me/second-factor/off": {
    summary: "关掉两步验证（居委会、街镇与管理员账号在要求两步验证时不能关）",
    tag: "我",
    access: "user",
    budget: "login",
    body: z.object({ password: Password, code: Code }),
    reply: "none",
    errors: [...proving, ...code, "account.second_factor_off", "account.second_factor_needed", "write.contended"],
  },
  "POST /api/auth/second-factor": {
    summary: "必须先设两步验证才能登录的账号：给出密钥",
    tag: "登录",
    access: "anyone",
    secret: true,
    budget: "login",
    body: z.object({ account: z.string().trim().min(1).max(60), password: Password }),
    reply: Enrolment,
    errors: [...login, "write.contended"],
  },
  "POST /api/auth/second-factor/confirm": {
    summary: "以第一个验证码完成绑定并登录；恢复码只在这里显示一次",
    tag: "登录",
    access: "anyone",
    secret: true,
    refreshCookie: true,
    budget: "login",
    body: z.object({ account: z.string().trim().min(1).max(60), password: Password, code: Code }),
    reply: z.object({ session: Session, recoveryCodes: RecoveryCodes }),
    errors: [...login, "account.second_factor_not_begun", "auth.second_factor_invalid", "write.contended"],
  },
} as const satisfies Record<OperationKey, Operation>;
