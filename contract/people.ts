import { z } from "zod";
import { CommunityId, CommunityParams, Id, Instant, page, text } from "./common.ts";
import type { Operation, OperationKey } from "./operation.ts";

/** A person's post in a community, for its committee. */
export const Post = z
  .object({
    userId: Id,
    postId: Id,
    name: z.string(),
    role: z.enum(["cadre", "partner", "committee"]),
    title: z.string(),
    positions: z.array(z.string()),
    dutyPhone: z.string().nullable(),
    organizationName: z.string().nullable(),
    onDutyUntil: Instant.nullable(),
    openRequests: z.number().int(),
    mine: z.boolean(),
  })
  .meta({ id: "Post" });
export type Post = z.infer<typeof Post>;

const PostParams = z.object({ id: CommunityId, userId: Id, postId: Id });

export const peopleOperations = {
  "GET /api/communities/:id/people": {
    summary: "本社区的干部、协同单位的人和居委会工作人员",
    tag: "人员",
    access: ["committee"],
    params: CommunityParams,
    reply: page(Post),
    errors: ["auth.forbidden"],
  },
  "PUT /api/communities/:id/people/:userId/posts/:postId": {
    summary: "改职务、岗位、值班电话",
    tag: "人员",
    access: ["committee"],
    reauthentication: true,
    params: PostParams,
    body: z.object({
      title: text(20),
      positions: z.array(text(20)).max(20),
      dutyPhone: text(30).nullable(),
    }),
    reply: Post,
    idempotent: true,
    errors: ["auth.forbidden", "post.unknown"],
  },
  "POST /api/communities/:id/people/:userId/posts/:postId/end": {
    summary: "离岗：登录立即失效，在办的退回队列，以后的班撤下",
    tag: "人员",
    access: ["committee"],
    reauthentication: true,
    params: PostParams,
    body: z.object({ reason: text(100) }),
    reply: z.object({
      requests: z.number().int().describe("back in the queue"),
      shifts: z.number().int().describe("taken off the roster"),
    }),
    idempotent: true,
    errors: ["auth.forbidden", "post.unknown", "post.own"],
  },
  "POST /api/communities/:id/people/:userId/second-factor/reset": {
    summary: "同事的手机和恢复码都丢了：重设两步验证，所有登录失效，下次登录重新绑定",
    tag: "人员",
    access: ["committee"],
    reauthentication: true,
    params: PostParams.omit({ postId: true }),
    reply: z.object({ reset: z.boolean().describe("false: there was none") }),
    idempotent: true,
    errors: ["auth.forbidden", "post.unknown", "post.own", "write.contended"],
  },
  "POST /api/communities/:id/clerks": {
    summary: "给同事开一个居委会账号；一次性密码只在这里显示一次",
    tag: "人员",
    access: ["committee"],
    reauthentication: true,
    secret: true,
    params: CommunityParams,
    body: z.object({
      account: z
        .string()
        .trim()
        .toLowerCase()
        .max(40, { abort: true, error: "3 到 40 个小写字母、数字、点或连字符，以字母开头" })
        .regex(/^[a-z][a-z0-9._-]{2,39}$/, "3 到 40 个小写字母、数字、点或连字符，以字母开头"),
      name: text(20),
      title: text(20),
    }),
    reply: z.object({ account: z.string(), password: z.string() }),
    status: 201,
    errors: ["auth.forbidden", "account.taken", "write.contended"],
  },
} as const satisfies Record<OperationKey, Operation>;
