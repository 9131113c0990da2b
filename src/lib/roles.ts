import type { Me } from "../../contract/index.ts";

/** Whether the role in use works on other people's requests in this app. Other staff roles work in the console. */
export function isStaff(me: Me | null): boolean {
  return me?.actingAs.role === "cadre" || me?.actingAs.role === "committee";
}
