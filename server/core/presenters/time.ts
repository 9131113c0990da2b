import type { Request as RequestReply } from "../../../contract/index.ts";
import type { Request } from "../domain/requests/request.ts";

/** An instant as the contract writes it: ISO 8601 in UTC. */
export const instant = (date: Date): string => date.toISOString();
export const instantOrNull = (date: Date | null): string | null => date?.toISOString() ?? null;

/** When the resident is at home. */
export const presentWindow = ({ timeWindow }: Request): RequestReply["timeWindow"] =>
  timeWindow && {
    label: timeWindow.label,
    ...(timeWindow.from ? { from: instant(timeWindow.from) } : {}),
    ...(timeWindow.to ? { to: instant(timeWindow.to) } : {}),
  };
