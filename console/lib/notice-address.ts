import type { Me } from "../../contract/index.ts";
import type { Place } from "../../fronts/notice-place.ts";
import { moduleLandings } from "../modules/index.ts";

/**
 * The console's address for the target of a notice. Null: the target is a co-handling task, which organizations handle
 * in the mini-program.
 */
export function addressOf(place: Place, { id, actingAs }: Pick<Me, "id" | "actingAs">): string | null {
  switch (place.kind) {
    case "request":
      return `/requests/${place.id}`;
    case "task":
      return null;
    case "roster":
      return place.day === null ? "/roster" : `/roster?week=${place.day}`;
    case "hand-over":
      // A cadre writes the notes in the own open requests. The committee looks in the log at whose notes are missing.
      return actingAs.role === "cadre" ? `/requests?open=true&cadreId=${id}` : "/log?type=duty.notes_missing";
    case "photos":
      return "/complaints?show=photos";
    case "devices":
      return "/account";
    default:
      return moduleLandings[place.kind] ?? null;
  }
}
