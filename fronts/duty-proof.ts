import type { DutyProof } from "../contract/index.ts";

/** The counts of a duty proof, each with the types of events that it counts. */
const counted = {
  claimed: ["request.claimed"],
  contacted: ["request.contacted"],
  resolved: ["request.resolved"],
  noted: ["request.noted", "request.internally_noted", "request.message_sent"],
} as const;
type What = keyof typeof counted | "others";

/**
 * Counts a cadre's events by kind. Events of the duty itself are left out, because the proof shows the hours. All other
 * types are counted as `others`.
 */
export function countDone(rows: readonly { type: string }[]): { what: What; count: number }[] {
  const done = rows.filter(({ type }) => !type.startsWith("duty."));
  const counts = Object.entries(counted).map(([what, types]) => ({
    what: what as What,
    count: done.filter(({ type }) => (types as readonly string[]).includes(type)).length,
  }));
  const known = counts.reduce((sum, { count }) => sum + count, 0);
  return [...counts, { what: "others", count: done.length - known }];
}

/** The length of a duty in ms, until `asOf` when it has not ended. Null when its start is unknown. */
export function lengthOfDuty({ from, to }: DutyProof["duties"][number], asOf: string): number | null {
  return from === null ? null : Date.parse(to ?? asOf) - Date.parse(from);
}
