import { z } from "zod";
import { CommunityId, Id, IdParams, Instant, PageQuery, Phone, Role, page, pattern, text } from "./common.ts";
import type { Operation, OperationKey } from "./operation.ts";

/**
 * `guest`: only logged in; `registered`: has given name, phone and home; `confirmed`: a cadre or clerk has confirmed
 * the home.
 */
export const Tier = z.enum(["guest", "registered", "confirmed"]);
export type Tier = z.infer<typeof Tier>;

export const Membership = z
  .object({
    id: Id,
    role: Role,
    communityId: CommunityId.nullable(),
    communityName: z.string().nullable(),
    organizationName: z.string().nullable(),
    title: z.string(),
    positions: z.array(z.string()),
  })
  .meta({ id: "Membership" });
export type Membership = z.infer<typeof Membership>;

/** A resident's home, and whether the committee has confirmed it. */
export const Registration = z.object({
  communityId: CommunityId,
  communityName: z.string(),
  phone: z.string(),
  building: z.string(),
  unit: z.string(),
  room: z.string(),
  registeredAt: Instant,
  confirmedAt: Instant.nullable(),
});

export const Me = z
  .object({
    id: Id,
    name: z.string().nullable(),
    phone: z.string().nullable().describe("own phone, masked: 138****0001"),
    photoUrl: z.string().nullable(),
    tier: Tier,
    registration: Registration.nullable(),
    memberships: z.array(Membership),
    actingAs: z
      .object({ membershipId: Id.nullable(), role: Role, communityId: CommunityId.nullable() })
      .describe("the role in use; null membership: acting as a resident"),
    onDutyUntil: Instant.nullable(),
    largeText: z.boolean(),
  })
  .meta({ id: "Me" });
export type Me = z.infer<typeof Me>;

export const Session = z
  .object({
    accessToken: z.string(),
    refreshToken: z.string().optional().describe("left out where it is in a cookie: console and H5"),
    expiresIn: z.number().int().describe("seconds until the access token ends"),
    console: z
      .object({
        idleSeconds: z.number().int().describe("without use, after which the login ends"),
        endsAt: Instant.describe("when it ends, whatever happens"),
      })
      .nullable()
      .describe("the end of a login of the console; null: another front end"),
    user: Me,
  })
  .meta({ id: "Session" });
export type Session = z.infer<typeof Session>;

export const Resident = z
  .object({
    id: Id,
    name: z.string(),
    phone: z.string().describe("masked"),
    communityId: CommunityId,
    building: z.string(),
    unit: z.string(),
    room: z.string(),
    tier: Tier,
    registeredAt: Instant,
    confirmedAt: Instant.nullable(),
    confirmedBy: z.string().nullable(),
  })
  .meta({ id: "Resident" });
export type Resident = z.infer<typeof Resident>;

/** A code of an authenticator or a recovery code, with or without spaces and hyphens. */
export const Code = z
  .string()
  .trim()
  .max(20, { abort: true, error: "6 位数字，或一个恢复码" })
  .regex(/^[\dA-Za-z][\dA-Za-z -]{4,18}[\dA-Za-z]$/, "6 位数字，或一个恢复码");

export const accountOperations = {
  "POST /api/auth/wechat": {
    summary: "以微信登录：wx.login 的 code 换登录",
    tag: "登录",
    budget: "login",
    access: "anyone",
    secret: true,
    refreshCookie: true,
    body: z.object({ code: z.string().min(1).max(200) }),
    reply: Session,
    errors: ["auth.wechat_code_invalid", "wechat.unavailable", "rate.limited", "write.contended"],
  },
  "POST /api/auth/otp": {
    summary: "向手机发验证码（5 分钟有效）",
    tag: "登录",
    budget: "login",
    access: "anyone",
    secret: true,
    body: z.object({ phone: Phone }),
    reply: z.object({
      expiresIn: z.number().int(),
      resendAfter: z.number().int(),
      demoCode: z.string().optional().describe("演示模式且来自本机才有"),
    }),
    errors: ["rate.limited", "sms.unavailable"],
  },
  "POST /api/auth/otp/verify": {
    summary: "以手机验证码登录；已登录时把手机号并到本人账号",
    tag: "登录",
    budget: "login",
    access: "anyone",
    secret: true,
    refreshCookie: true,
    body: z.object({ phone: Phone, code: pattern(/^\d{6}$/, 6, "6 位数字") }),
    reply: Session,
    errors: ["auth.otp_invalid", "auth.otp_expired", "auth.locked", "write.contended"],
  },
  "POST /api/auth/password": {
    summary: "以账号密码登录（控制台）",
    tag: "登录",
    budget: "login",
    access: "anyone",
    secret: true,
    refreshCookie: true,
    body: z.object({
      account: z.string().trim().min(1).max(60),
      password: z.string().min(1).max(200),
      newPassword: z
        .string()
        .max(128)
        .optional()
        .describe("takes the place of a one-time password, which opens nothing without it"),
      code: Code.optional().describe("of the second factor, where the account has one"),
    }),
    reply: Session,
    errors: [
      "auth.password_invalid",
      "auth.password_temporary",
      "auth.password_outdated",
      "auth.password_weak",
      "auth.second_factor_required",
      "auth.second_factor_invalid",
      "auth.second_factor_missing",
      "auth.locked",
      "rate.limited",
      "write.contended",
    ],
  },
  "POST /api/auth/refresh": {
    summary: "换新令牌；旧的刷新令牌随即作废",
    tag: "登录",
    access: "anyone",
    secret: true,
    refreshCookie: true,
    body: z.object({
      refreshToken: z.string().min(1).max(200).optional().describe("left out: the one in the cookie"),
    }),
    reply: Session,
    errors: ["auth.session_ended"],
  },
  "POST /api/auth/activity": {
    summary: "有人在操作控制台：登录不因闲置而结束",
    tag: "登录",
    access: "user",
    reply: "none",
  },
  "POST /api/auth/reauthenticate": {
    summary: "再确认是本人：五分钟内可以导出原样的个人信息、调整人员与权限",
    tag: "登录",
    access: "user",
    budget: "login",
    secret: true,
    body: z.object({
      password: z.string().min(1).max(200),
      code: Code.optional().describe("of the second factor, where the account has one"),
    }),
    reply: z.object({ accessToken: z.string(), expiresIn: z.number().int() }),
    errors: [
      "account.no_password",
      "account.password_wrong",
      "auth.second_factor_required",
      "auth.second_factor_invalid",
      "auth.locked",
    ],
  },
  "POST /api/auth/logout": {
    summary: "退出本设备",
    tag: "登录",
    access: "user",
    refreshCookie: true,
    reply: "none",
  },
  "GET /api/me": { summary: "我的资料与身份", tag: "我", access: "user", reply: Me },
  "PATCH /api/me": {
    summary: "改称呼、大字、当前身份",
    tag: "我",
    access: "user",
    body: z.object({
      actingAs: z
        .union([Id, z.literal("resident")])
        .optional()
        .describe("a membership's id, or `resident`"),
      largeText: z.boolean().optional(),
    }),
    reply: Me,
    errors: ["me.membership_unknown"],
  },
  "POST /api/me/registration": {
    summary: "实名登记：姓名、手机、住址",
    tag: "我",
    access: "user",
    body: z.object({
      communityId: CommunityId,
      name: text(20),
      phone: Phone.optional().describe("left out: the one registered before, or else the one verified by a code"),
      building: text(20).describe("one of the community's buildings, by name"),
      unit: text(20),
      room: text(20),
    }),
    reply: Me,
    errors: ["community.unknown", "registration.building_unknown", "registration.phone_missing"],
  },
  "GET /api/residents": {
    summary: "待核实与已核实的居民",
    tag: "居民",
    access: ["committee", "cadre"],
    query: PageQuery.extend({ tier: Tier.exclude(["guest"]).optional() }),
    reply: page(Resident),
  },
  "POST /api/residents/:id/confirm": {
    summary: "核实居住：居委会，或服务过该居民的干部",
    tag: "居民",
    access: ["committee", "cadre"],
    params: IdParams,
    reply: Resident,
    errors: ["resident.unknown", "resident.not_served_by_you"],
  },
} as const satisfies Record<OperationKey, Operation>;
