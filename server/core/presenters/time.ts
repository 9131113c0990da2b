import type { Request as RequestReply } from "../../../contract/index.ts";
import type { Request } from "../domain/requests/request.ts";

/** An instant in the contract's form: ISO 8601 in UTC. */
export const instant = (date: Date): string => date.toISOString();

/** An instant in the contract's form, or null. */
export const instantOrNull = (date: Date | null): string | null => date?.toISOString() ?? null;

/** The time window in which the resident is at home. */
export const presentWindow = ({ content: { timeWindow } }: Request): RequestReply["timeWindow"] =>
  timeWindow && {
    label: timeWindow.label,
    ...(timeWindow.from ? { from: instant(timeWindow.from) } : {}),
    ...(timeWindow.to ? { to: instant(timeWindow.to) } : {}),
  };
