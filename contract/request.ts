import { z } from "zod";
import { CadreCard, CommunityId, FileRef, Id, Instant, Role, ServiceCode, TimeWindow, text } from "./common.ts";
import { CoTask } from "./co-task.ts";
import { Tier } from "./account.ts";
import { callbackFields } from "./callback-fields.ts";
import { clockFields } from "./clock-fields.ts";
import { KnowledgeCard } from "./community.ts";

/**
 * The states of a request: queued 待接单, claimed 已接单（未联系）, handling 办理中, waiting
 * 等居民答复, suspended 已挂账, resolved 已办结待评价, closed 已评价, withdrawn 居民撤回,
 * rejected 不予受理.
 */
export const statuses = [
  "queued",
  "claimed",
  "handling",
  "waiting",
  "suspended",
  "resolved",
  "closed",
  "withdrawn",
  "rejected",
] as const;
export const Status = z.enum(statuses);
export type Status = z.infer<typeof Status>;

/** The names of steps: the last part of each step's path, and the values of `abilities`. */
export const actions = [
  "claim", "release", "first-contact", "hand-over", "note", "internal-note", "message", "ask", "answer",
  "resolve", "rate", "withdraw", "reject", "assign",
  "consent", "revoke-consent", "follow", "unfollow",
  "ask-transfer", "recall-transfer", "accept-transfer", "refuse-transfer",
  "decline", "ask-extension", "approve-extension", "refuse-extension",
  "ask-suspension", "approve-suspension", "refuse-suspension", "resume",
  "ask-organization", "call-back",
] as const; // prettier-ignore
export const Action = z.enum(actions);
export type Action = z.infer<typeof Action>;

export const Outcome = z.enum(["solved", "partly", "unsolved"]);
const score = z.number().int().min(1).max(5);
export const Rating = z.object({
  outcome: Outcome,
  scores: z.object({ response: score, attitude: score, result: score }),
  tags: z.array(text(12)).max(8).default([]),
  comment: z.string().trim().max(500).default(""),
});
export type Rating = z.infer<typeof Rating>;

/** The resident's relation to the family member who files. */
export const Relation = z.enum(["parent", "grandparent", "spouse", "relative", "neighbour"]);
export type Relation = z.infer<typeof Relation>;

/** The person who filed the request for the resident. */
const Filer = z.object({
  as: z.enum(["cadre", "committee", "family"]),
  name: z.string(),
  relation: Relation.nullable().describe("what the resident is to a family member"),
  mine: z.boolean().describe("the caller did"),
  consent: z
    .object({
      state: z.enum(["asked", "given", "refused"]),
      how: z.enum(["call", "visit", "app"]).nullable(),
      mayRate: z.boolean(),
      at: Instant.nullable(),
    })
    .nullable()
    .describe("the resident's to a family member; null for staff"),
});

/** Why a cadre returns a request. */
export const ReturnCode = z.enum(["not-my-post", "needs-other-unit", "shift-ends", "involved", "other"]);
export type ReturnCode = z.infer<typeof ReturnCode>;

/**
 * A request (诉求/工单) as the caller may see it. Phones, units and rooms are masked (`*`) for callers who do not
 * need them.
 */
export const Request = z
  .object({
    id: Id,
    requestNo: z.string(),
    communityId: CommunityId,
    communityName: z.string(),
    serviceCode: ServiceCode,
    serviceTitle: z.string(),
    status: Status,
    abilities: z.array(Action).describe("what this caller may do now; buttons come from here"),
    urgency: z.enum(["normal", "urgent"]),
    title: z.string(),
    description: z.string(),
    answers: z.record(z.string(), z.string()),
    place: z.object({ building: z.string(), unit: z.string(), room: z.string() }),
    contact: z.object({ name: z.string(), phone: z.string() }),
    timeWindow: TimeWindow.nullable(),
    files: z.array(FileRef),
    resident: z.object({
      id: Id,
      name: z.string(),
      tier: Tier.describe("guest: somebody else filed it, and they have not registered"),
      mine: z.boolean(),
    }),
    filedBy: Filer.nullable().describe("null: the resident"),
    acceptedIn: z
      .object({ communityId: CommunityId, name: z.string() })
      .nullable()
      .describe("another community whose counter accepted it (一窗通收)"),
    transfer: z
      .object({
        to: CommunityId,
        toName: z.string(),
        fromName: z.string(),
        reason: z.string(),
        byName: z.string(),
        at: Instant,
      })
      .nullable()
      .describe("for staff of both communities: the other one is asked to take it over"),
    formerly: z.array(z.string()).describe("names of communities that have answered for it before"),
    followers: z
      .object({ count: z.number().int(), mine: z.boolean() })
      .describe("neighbours who follow it (跟进); mine: the caller is one of them"),
    progressOnly: z
      .boolean()
      .describe("the caller sees how far it is and who handles it; person, home and words are left out"),
    handler: CadreCard.nullable(),
    submittedAt: Instant,
    respondBy: Instant.nullable().describe("null while the clock stands still: waiting for the resident, or suspended"),
    resolveBy: Instant.nullable(),
    claimedAt: Instant.nullable(),
    firstContactAt: Instant.nullable(),
    resolvedAt: Instant.nullable(),
    closedAt: Instant.nullable(),
    question: z
      .object({ text: z.string(), askedAt: Instant })
      .nullable()
      .describe("what waits for the resident's answer"),
    result: z.object({ text: z.string(), files: z.array(FileRef) }).nullable(),
    ...clockFields,
    rating: Rating.extend({ at: Instant })
      .nullable()
      .describe("for the resident and the committee; null for the handler"),
    ...callbackFields,
    closingReason: z.string().nullable().describe("why it was withdrawn or rejected"),
    reworkCount: z.number().int(),
    returnCount: z.number().int(),
    awaitsLeadUnit: z.boolean().describe("given back twice: the committee names who leads"),
    openTasks: z.number().int().describe("for staff: parts of it that organizations have not ended (协办)"),
    unreadMessages: z.number().int(),
  })
  .meta({ id: "Request" });
export type Request = z.infer<typeof Request>;

/** The actor of an event. Names of residents other than the caller are masked. */
export const EventActor = z.object({
  id: z.string(),
  role: z.union([Role, z.literal("system")]),
  name: z.string(),
});

export const TimelineEntry = z.object({
  id: z.string().describe("opaque"),
  at: Instant,
  type: z.string(),
  actor: EventActor,
  data: z.record(z.string(), z.unknown()),
});
export type TimelineEntry = z.infer<typeof TimelineEntry>;

export const Message = z.object({
  id: Id,
  kind: z.enum(["message", "note", "internal"]).describe("internal: read by staff only"),
  at: Instant,
  author: EventActor.extend({ mine: z.boolean() }),
  text: z.string(),
  files: z.array(FileRef),
});
export type Message = z.infer<typeof Message>;

/** The modules' parts of a request's detail. */
const requestDetailOfModules = z.object({
  coHandlers: z.array(z.string()).describe("organizations that have accepted a part of it and are at it (正在协办)"),
  tasks: z.array(CoTask).describe("for staff: what organizations were asked; empty for residents"),
});
export type RequestDetailOfModules = z.infer<typeof requestDetailOfModules>;

export const RequestDetail = Request.extend({
  timeline: z.array(TimelineEntry),
  messages: z.array(Message),
  ...requestDetailOfModules.shape,
  knowledgeCard: KnowledgeCard.nullable().describe("for staff; null for residents"),
  followedBy: z
    .array(z.object({ name: z.string(), building: z.string(), at: Instant }))
    .nullable()
    .describe("for staff: who follows, names masked; null for residents"),
}).meta({ id: "RequestDetail" });
export type RequestDetail = z.infer<typeof RequestDetail>;
