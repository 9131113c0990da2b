import { z } from "zod";
import { CommunityParams, Revision, text } from "./common.ts";
import type { Operation, OperationKey } from "./operation.ts";

/** The steps for which a community has reply templates. */
const TemplateStep = z.enum(["first-contact", "message", "note", "ask", "resolve"]);

const ReplyTemplate = z.object({ step: TemplateStep, text: text(300) });
export type ReplyTemplate = z.infer<typeof ReplyTemplate>;

const Templates = z.object({ revision: Revision, items: z.array(ReplyTemplate).max(60) });

export const templateOperations = {
  "GET /api/communities/:id/templates": {
    summary: "社区的常用语",
    tag: "社区",
    access: ["cadre", "committee"],
    params: CommunityParams,
    reply: Templates,
    errors: ["community.unknown", "auth.forbidden"],
  },
  "PUT /api/communities/:id/templates": {
    summary: "改社区的常用语，整份",
    tag: "社区",
    access: ["committee"],
    params: CommunityParams,
    body: Templates,
    reply: Templates,
    errors: ["community.unknown", "auth.forbidden", "edit.outdated"],
  },
} as const satisfies Record<OperationKey, Operation>;
