import { z } from "zod";
import { CommunityId, FileRef, Id, Instant, ServiceCode, TimeWindow } from "./common.ts";

export const taskActions = ["accept", "refuse", "progress", "finish", "withdraw"] as const;

/** The part of the request that an organization sees; unit, room and contact only while the task is accepted. */
const TaskMatter = z.object({
  title: z.string(),
  description: z.string(),
  place: z.object({ building: z.string(), unit: z.string(), room: z.string() }).describe("unit and room once accepted"),
  contact: z.object({ name: z.string(), phone: z.string() }).nullable().describe("once accepted"),
  timeWindow: TimeWindow.nullable(),
  files: z.array(FileRef).describe("once accepted"),
});

/** A co-handling task (协办任务): a part of a request for another organization, as the caller may see it. */
export const CoTask = z
  .object({
    id: Id,
    requestId: Id,
    requestNo: z.string(),
    communityId: CommunityId,
    communityName: z.string(),
    serviceCode: ServiceCode,
    serviceTitle: z.string(),
    organization: z.string(),
    state: z.enum(["asked", "accepted", "done", "refused", "withdrawn"]),
    version: z.number().int(),
    abilities: z.array(z.enum(taskActions)).describe("what this caller may do now; buttons come from here"),
    text: z.string().describe("what is asked of the organization"),
    hours: z.number().int().describe("how long it has, in hours as the service's clock counts them"),
    askedBy: z.string(),
    askedAt: Instant,
    respondBy: Instant.describe("by then it accepts or refuses"),
    resolveBy: Instant.describe("by then it is done"),
    escalation: z
      .object({
        level: z.enum(["reminded", "overdue", "supervised"]),
        clock: z.enum(["respond", "resolve"]),
        at: Instant,
      })
      .nullable(),
    acceptedBy: z.string().nullable(),
    acceptedAt: Instant.nullable(),
    endedBy: z.string().nullable(),
    endedAt: Instant.nullable(),
    reason: z.string().nullable().describe("why it was refused or withdrawn"),
    progress: z.array(z.object({ at: Instant, by: z.string(), text: z.string(), files: z.array(FileRef) })),
    result: z.object({ text: z.string(), files: z.array(FileRef) }).nullable(),
    handler: z
      .object({ name: z.string(), dutyPhone: z.string().nullable() })
      .nullable()
      .describe("whom to ask (首接负责)"),
    matter: TaskMatter.nullable().describe(
      "for the organization, as long as it is open; staff have the request itself",
    ),
  })
  .meta({ id: "CoTask" });
export type CoTask = z.infer<typeof CoTask>;
