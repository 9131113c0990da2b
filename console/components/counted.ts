import type { Collected } from "../api/collect.ts";
import { zh } from "../i18n/zh.ts";

/**
 * A number that was counted from rows: “1000+” when more rows exist than were read, a dash before they are
 * loaded.
 */
export const counted = (n: number, rows: Collected<unknown> | undefined): string => {
  if (rows === undefined) return zh.common.none;
  return rows.more ? zh.common.atLeast(n) : String(n);
};
