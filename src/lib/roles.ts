import type { Me } from "../../contract/index.ts";

/** Whether the role in use handles requests in this app. Staff with other roles work in the console. */
export function isStaff(me: Me | null): boolean {
  return me?.actingAs.role === "cadre" || me?.actingAs.role === "committee";
}

/** The start page of cadres, committee and partners. Null: a resident, or somebody who works in the console. */
export function deskOf(me: Me | null): "/subpackages/cadre/queue/index" | "/subpackages/partner/tasks/index" | null {
  if (isStaff(me)) return "/subpackages/cadre/queue/index";
  return me?.actingAs.role === "partner" ? "/subpackages/partner/tasks/index" : null;
}
