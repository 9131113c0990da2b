import { z } from "zod";
import { Session } from "./account.ts";
import { CommunityId, Id, IdParams, Instant, PageQuery, page, pattern } from "./common.ts";
import type { Operation, OperationKey } from "./operation.ts";

/** Proof that the owner of the account makes the request: a code sent to the owner's phone, or a fresh `wx.login`. */
const Proof = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("phone"), code: pattern(/^\d{6}$/, 6, "6 位数字") }),
  z.object({ kind: z.literal("wechat"), code: z.string().min(1).max(200) }),
]);

/** A photo that the committee must decide on. */
const PhotoReview = z
  .object({
    id: Id,
    at: Instant.describe("when it was sent"),
    communityId: CommunityId,
    requestId: Id.nullable(),
    requestNo: z.string().nullable(),
    url: z.string(),
    width: z.number().int(),
    height: z.number().int(),
  })
  .meta({ id: "PhotoReview" });
export type PhotoReview = z.infer<typeof PhotoReview>;

/** Operations that WeChat and the law require of such an app (docs/operations/launch.md). */
export const platformOperations = {
  "POST /api/me/phone": {
    summary: "以微信手机号按钮（getPhoneNumber）的 code 绑定本人手机，与已有账号合并",
    tag: "我",
    budget: "login",
    access: "user",
    secret: true,
    refreshCookie: true,
    body: z.object({ code: z.string().min(1).max(200) }),
    reply: Session.describe("of the account that has the phone; the tokens used so far may be another account's"),
    errors: ["write.contended", "auth.wechat_phone_invalid", "wechat.unavailable", "rate.limited"],
  },
  "POST /api/me/otp": {
    summary: "向本人已绑定的手机发验证码（用于注销）",
    tag: "我",
    budget: "login",
    access: "user",
    secret: true,
    reply: z.object({
      expiresIn: z.number().int(),
      resendAfter: z.number().int(),
      demoCode: z.string().optional().describe("演示模式才有"),
    }),
    errors: ["account.no_phone", "rate.limited", "sms.unavailable"],
  },
  "POST /api/me/close": {
    summary: "注销账号：撤回未办结的诉求，抹去个人信息，退出所有设备；不能恢复",
    tag: "我",
    budget: "login",
    access: "user",
    body: z.object({ proof: Proof }),
    reply: "none",
    errors: [
      "account.holds_post", "account.no_phone", "auth.otp_invalid", "auth.otp_expired", "auth.locked",
      "auth.wechat_code_invalid", "wechat.unavailable",
    ], // prettier-ignore
  },
  "GET /api/photo-reviews": {
    summary: "待复核的照片：微信没有给出结论的，由居委会看",
    tag: "内容安全",
    access: ["committee"],
    query: PageQuery,
    reply: page(PhotoReview),
  },
  "POST /api/photo-reviews/:id": {
    summary: "照片复核：通过则显示，不通过则不再显示并告诉上传的人；已显示的也可以撤下",
    tag: "内容安全",
    access: ["committee"],
    params: IdParams,
    body: z.object({ verdict: z.enum(["pass", "reject"]) }),
    reply: "none",
    errors: ["file.unknown", "write.contended"],
  },
} as const satisfies Record<OperationKey, Operation>;
