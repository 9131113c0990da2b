import type { Me } from "../../contract/index.ts";
import type { Place } from "../../fronts/notice-place.ts";

/** Where the console shows what a notice leads to; null: an organization works on its sub-task in the mini-program. */
export function addressOf(place: Place, { id, actingAs }: Pick<Me, "id" | "actingAs">): string | null {
  switch (place.kind) {
    case "request":
      return `/requests/${place.id}`;
    case "task":
      return null;
    case "roster":
      return place.day === null ? "/roster" : `/roster?week=${place.day}`;
    case "hand-over":
      // A cadre writes the notes at the requests in hand; an office looks at who has not.
      return actingAs.role === "cadre" ? `/requests?open=true&cadreId=${id}` : "/log?type=duty.notes_missing";
    case "complaints":
      return "/complaints";
    case "photos":
      return "/complaints?show=photos";
    case "devices":
      return "/account";
  }
}
