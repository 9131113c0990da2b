import type { CadreCard } from "../../contract/index.ts";

/** Whether a cadre is on duty at `now`. A duty that has ended since the list was read does not count. */
export const isOnDuty = <C extends Pick<CadreCard, "onDutyUntil">>(
  cadre: C,
  now: Date,
): cadre is C & { onDutyUntil: string } => cadre.onDutyUntil !== null && new Date(cadre.onDutyUntil) > now;

/** Orders cadres for a choice: those on duty first, then by fewest open requests, then by name. */
export const byReadiness =
  (now: Date) =>
  (a: Pick<CadreCard, "onDutyUntil" | "name"> & { openRequests: number }, b: typeof a): number =>
    Number(isOnDuty(b, now)) - Number(isOnDuty(a, now)) ||
    a.openRequests - b.openRequests ||
    a.name.localeCompare(b.name, "zh-CN");
