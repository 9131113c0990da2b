import type { Landing } from "../contract/events.ts";
import type { Notice } from "../contract/index.ts";
import { landings } from "./event-catalogue.ts";

/** What a notice leads to. Each front has an address of its own for it, or none. */
export type Place =
  | { kind: "request" | "task"; id: string }
  | { kind: "roster"; day: string | null }
  | { kind: Exclude<Landing, "request" | "roster"> };

const kinds = new Map<string, Landing | null>(
  landings.flatMap(([landing, types]) => types.map((type) => [type, landing] as const)),
);

/** What a type of notice leads to; null: nowhere; undefined: it is of a later server. */
export const kindOf = (type: string): Landing | null | undefined => kinds.get(type);

/** What a notice leads to; null: nowhere. */
export function placeOf({ type, requestId, taskId, day }: Notice): Place | null {
  if (taskId !== null) return { kind: "task", id: taskId };
  const known = kindOf(type);
  const kind = known === undefined ? "request" : known;
  if (kind === "request") return requestId === null ? null : { kind, id: requestId };
  if (kind === "roster") return { kind, day };
  return kind && { kind };
}
