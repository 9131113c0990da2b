import type { Landing } from "../contract/events.ts";
import type { Notice } from "../contract/index.ts";
import { landings } from "./event-catalogue.ts";

/** The target of a notice. Each front end has its own address for it, or none. */
export type Place =
  | { kind: "request" | "task"; id: string }
  | { kind: "roster"; day: string | null }
  | { kind: Exclude<Landing, "request" | "roster"> };

const kinds = new Map<string, Landing | null>(
  landings.flatMap(([landing, types]) => types.map((type) => [type, landing] as const)),
);

/** The landing of a type of notice. Null: it has none. Undefined: the type is unknown, from a newer server. */
export const kindOf = (type: string): Landing | null | undefined => kinds.get(type);

/** The target of a notice. Null: it has none. */
export function placeOf({ type, requestId, taskId, day }: Notice): Place | null {
  if (taskId !== null) return { kind: "task", id: taskId };
  const known = kindOf(type);
  const kind = known === undefined ? "request" : known;
  if (kind === "request") return requestId === null ? null : { kind, id: requestId };
  if (kind === "roster") return { kind, day };
  return kind && { kind };
}
