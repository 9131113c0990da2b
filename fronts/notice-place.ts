import type { Notice } from "../contract/index.ts";

/** What a notice leads to. Each front has an address of its own for it, or none. */
export type Place =
  | { kind: "request" | "task"; id: string }
  | { kind: "roster"; day: string | null }
  | { kind: "hand-over" | "complaints" | "photos" | "devices" };

/** Where each type leads that is not a step of a request; null: it says all there is. */
const kinds: Readonly<Partial<Record<string, Exclude<Place["kind"], "task"> | null>>> = {
  "account.new_device": "devices",
  "resident.confirmed": null,
  "complaint.filed": "complaints",
  "complaint.answered": "complaints",
  "photo.held": "photos",
  "photo.rejected": "request",
  "photo.passed": "request",
  "roster.published": "roster",
  "roster.changed": "roster",
  "roster.backups_named": "roster",
  "shift.swap_asked": "roster",
  "shift.swap_accepted": "roster",
  "shift.swap_declined": "roster",
  "shift.swap_withdrawn": "roster",
  "shift.swap_refused": "roster",
  "shift.swapped": "roster",
  "leave.asked": "roster",
  "leave.approved": "roster",
  "leave.refused": "roster",
  "duty.ended": "hand-over",
  "duty.notes_missing": "hand-over",
};

/** What a type of notice leads to; undefined: nobody has thought of it. */
export const kindOf = (type: string) => (/^(request|task|transfer)\./.test(type) ? "request" : kinds[type]);

/** What a notice leads to; null: nowhere. */
export function placeOf({ type, requestId, taskId, day }: Notice): Place | null {
  if (taskId !== null) return { kind: "task", id: taskId };
  const kind = kindOf(type);
  if (kind === "request") return requestId === null ? null : { kind, id: requestId };
  if (kind === "roster") return { kind, day };
  return kind ? { kind } : null;
}
