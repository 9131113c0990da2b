import type { Role } from "../../contract/index.ts";

/** The pages of the console; each is also the first part of its path. */
export type NavPage =
  | "today"
  | "supervision"
  | "requests"
  | "organizations"
  | "roster"
  | "log"
  | "satisfaction"
  | "residents"
  | "complaints"
  | "exports"
  | "audit"
  | "settings";

/** Which pages a role has a use for, first the one it starts on. What it may do there, the server decides. */
const pagesByRole: Readonly<Partial<Record<Role, readonly NavPage[]>>> = {
  committee: [
    "today",
    "requests",
    "organizations",
    "roster",
    "log",
    "satisfaction",
    "residents",
    "complaints",
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
    "complaints",
    "exports",
    "audit",
  ],
  admin: ["log", "exports", "audit"],
};

/** The pages of a role; none for a resident or a partner, who use the mini-program. */
export const navPagesOf = (role: Role): readonly NavPage[] => pagesByRole[role] ?? [];
