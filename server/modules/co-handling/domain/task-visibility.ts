import { isOfOrganization, seesInternal } from "../../../core/domain/requests/policy.ts";
import type { Request } from "../../../core/domain/requests/request.ts";
import type { Actor } from "../../../kernel/actor.ts";
import type { CoTask } from "./co-task.ts";

/**
 * The part of a task and its request that the actor may see. No other code decides this. `staff`: all of the task. The
 * others are for people of the task's organization. `offer`: the instruction, the request's words and its building.
 * `work`, while the task is accepted: also pictures, unit, room and contact. `past`, afterwards: only the instruction
 * and the organization's own entries.
 */
export function taskVisibility(
  actor: Actor,
  task: Pick<CoTask, "communityId" | "organization" | "state">,
  request: Pick<Request, "residentId" | "party" | "communityId">,
): "staff" | "offer" | "work" | "past" | "none" {
  if (seesInternal(actor, request)) return "staff";
  if (!isOfOrganization(actor, task)) return "none";
  if (task.state === "asked") return "offer";
  return task.state === "accepted" ? "work" : "past";
}
