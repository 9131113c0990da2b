import type { EventType } from "../../../../contract/events.ts";
import { type Actor, hasRole, isCadreOnDuty } from "../../../kernel/actor.ts";
import type { DomainEvent } from "../../../kernel/event.ts";
import type { Request, Status } from "./request.ts";
import { shownDeadlines } from "./sla.ts";

/**
 * Transfer (转办) to another community, the clock running. It stays with the community that asks, its number and its
 * deadlines until the other one says yes: every request has a responsible community at all times. The other community
 * has a log of its own, so that each of these steps leaves a second event there, in the same write.
 */

/** States in which it may be asked, and stays asked. */
export const transferable: readonly Status[] = ["queued", "claimed", "handling", "waiting"];

/** Whether the actor is of the staff who answer for the community to which it is to go. */
export const receives = (actor: Actor, { transfer }: Pick<Request, "transfer">): boolean =>
  transfer !== null &&
  (["cadre", "committee", "supervisor"] as const).some((role) => hasRole(actor, role, transfer.to));

/**
 * Whether the actor may say yes or no to it: a clerk there, or a cadre on duty. Nothing asked: whoever answers for it
 * now is told so.
 */
export const mayReceive = (actor: Actor, { transfer, communityId }: Request, now: Date): boolean => {
  const there = transfer?.to ?? communityId;
  return hasRole(actor, "committee", there) || isCadreOnDuty(actor, there, now);
};

type Mirror = Extract<EventType, `transfer.${string}`>;

/** What the other community's log is told of, by the event in the log of the one that asks. */
const told: Readonly<Record<string, Mirror>> = {
  "request.transfer_asked": "transfer.offered",
  "request.transfer_recalled": "transfer.recalled",
  "request.transferred": "transfer.arrived",
  "request.transfer_refused": "transfer.declined",
};

/** Whether an event tells another community's log what this one's tells already. */
export const isMirrorEvent = (type: string): boolean => type.startsWith("transfer.");

/** Whether an echo changes whose it is: figures count it there from then on. */
export const isTransferArrival = (type: string): boolean => type === "transfer.arrived";

/**
 * The second event of a step, for the log of the community that is asked; null: it does not concern it. It names no
 * handler and no resident but by id, for erasure, and has of the words only the reasons that the two communities give
 * each other.
 */
export function mirrorEvent(before: Request, set: Partial<Request>, event: DomainEvent): DomainEvent | null {
  const after = { ...before, ...set };
  const transfer = before.transfer ?? after.transfer;
  const type: Mirror | null = told[event.type] ?? (before.transfer && !after.transfer ? "transfer.lapsed" : null);
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
