import type { DutyProof } from "../contract/index.ts";

/** What a proof counts, and the events that each counts. */
const counted = {
  claimed: ["request.claimed"],
  contacted: ["request.contacted"],
  resolved: ["request.resolved"],
  noted: ["request.noted", "request.internally_noted", "request.message_sent"],
} as const;
type What = keyof typeof counted | "others";

/** How often each was done; everything of duty itself is the hours' business, the rest is `others`. */
export function countDone(rows: readonly { type: string }[]): { what: What; count: number }[] {
  const done = rows.filter(({ type }) => !type.startsWith("duty."));
  const counts = Object.entries(counted).map(([what, types]) => ({
    what: what as What,
    count: done.filter(({ type }) => (types as readonly string[]).includes(type)).length,
  }));
  const known = counts.reduce((sum, { count }) => sum + count, 0);
  return [...counts, { what: "others", count: done.length - known }];
}

/** How long a duty was, ms, up to now when it is not over; null: it began before what is known. */
export function lengthOfDuty({ from, to }: DutyProof["duties"][number], asOf: string): number | null {
  return from === null ? null : Date.parse(to ?? asOf) - Date.parse(from);
}
