import type { EventType } from "../../../../contract/events.ts";
import { type Actor, hasRole, isCadreOnDuty } from "../../../kernel/actor.ts";
import type { DomainEvent } from "../../../kernel/event.ts";
import type { Request, Status } from "./request.ts";
import { shownDeadlines } from "./sla.ts";

/**
 * Transfer (转办) to another community while the clocks run. The request stays with its community, its number and its
 * deadlines until the other community accepts, so a request always has a responsible community. The other community has
 * its own log: each of these steps writes a mirror event for it in the same write.
 */

/** States in which a transfer can be asked for and stays pending. */
export const transferable: readonly Status[] = ["queued", "claimed", "handling", "waiting"];

/** Whether the actor is staff of the community to which the request is to be transferred. */
export const receives = (actor: Actor, { transfer: { pending } }: Pick<Request, "transfer">): boolean =>
  pending !== null && (["cadre", "committee", "supervisor"] as const).some((role) => hasRole(actor, role, pending.to));

/**
 * Whether the actor may accept or refuse the transfer: a clerk, or a cadre on duty, of the receiving community. Without
 * a pending transfer the request's own staff count, so that they get a state conflict and not a missing permission.
 */
export const mayReceive = (actor: Actor, { transfer: { pending }, communityId }: Request, now: Date): boolean => {
  const there = pending?.to ?? communityId;
  return hasRole(actor, "committee", there) || isCadreOnDuty(actor, there, now);
};

type Mirror = Extract<EventType, `transfer.${string}`>;

/** The mirror event for each event of a transfer in the log of the community that asks. */
const told: Readonly<Record<string, Mirror>> = {
  "request.transfer_asked": "transfer.offered",
  "request.transfer_recalled": "transfer.recalled",
  "request.transferred": "transfer.arrived",
  "request.transfer_refused": "transfer.declined",
};

/** Whether an event is a mirror event: it repeats another community's event in this log. */
export const isMirrorEvent = (type: string): boolean => type.startsWith("transfer.");

/** Whether a mirror event changes the responsible community. Figures count the request there from then on. */
export const isTransferArrival = (type: string): boolean => type === "transfer.arrived";

/**
 * The second event of a step, for the log of the community that is asked; null when the step does not concern it. It
 * names no handler, and the resident only by id, for erasure. Of the free text it has only the reason for the transfer
 * or its refusal.
 */
export function mirrorEvent(before: Request, after: Request, event: DomainEvent): DomainEvent | null {
  const transfer = before.transfer.pending ?? after.transfer.pending;
  const type: Mirror | null =
    told[event.type] ?? (before.transfer.pending && !after.transfer.pending ? "transfer.lapsed" : null);
  if (!transfer || type === null) return null;
  const reason = event.type === "request.transfer_refused" ? event.data.reason : transfer.reason;
  const arrived = isTransferArrival(type) ? { status: after.status, ...shownDeadlines(after) } : {};
  return {
    ...event,
    version: event.version + 1,
    type,
    communityId: transfer.to,
    subjects: { residentId: event.subjects.residentId, handlerId: null, previousHandlerId: null },
    data: { from: before.communityId, fromName: transfer.fromName, reason, ...arrived },
  } as DomainEvent<Mirror>;
}
