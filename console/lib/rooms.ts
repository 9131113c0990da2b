import type { Role } from "../../contract/index.ts";

/** The pages of the console; each is also the first part of its path. */
export type Room =
  | "today"
  | "supervision"
  | "requests"
  | "organizations"
  | "roster"
  | "log"
  | "satisfaction"
  | "residents"
  | "care"
  | "exports"
  | "audit"
  | "settings";

/** Which pages a role has a use for, first the one it starts on. What it may do there, the server decides. */
const rooms: Readonly<Partial<Record<Role, readonly Room[]>>> = {
  committee: [
    "today",
    "requests",
    "organizations",
    "roster",
    "log",
    "satisfaction",
    "residents",
    "care",
    "exports",
    "audit",
    "settings",
  ],
  cadre: ["today", "requests", "organizations", "roster", "log", "residents"],
  supervisor: [
    "today",
    "supervision",
    "requests",
    "organizations",
    "roster",
    "log",
    "satisfaction",
    "care",
    "exports",
    "audit",
  ],
  admin: ["log", "exports", "audit"],
};

/** The pages of a role; none for a resident or a partner, who use the mini-program. */
export const roomsOf = (role: Role): readonly Room[] => rooms[role] ?? [];
