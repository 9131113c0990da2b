import type { MessageDeclaration as Row } from "../../../../contract/events.ts";
import type { EventRecord } from "../../../kernel/event.ts";
import type { Urgency } from "../community/community.ts";
import { isRated } from "../requests/rating.ts";
import type { Request } from "../requests/request.ts";

/** Ways of telling somebody outside the app. The inbox has its own table (notices.ts) and has everything. */
export const channels = ["wechat", "wecom", "sms"] as const satisfies Row["channel"][];
export type Channel = (typeof channels)[number];

/** What a message is for; WeChat has a template for each. */
export const purposes = ["accepted", "question", "resolved", "assigned", "filed", "offered", "due", "untaken"] as const;
export type Purpose = (typeof purposes)[number];

/**
 * Which templates a person in that role is asked for: at filing, at the start of duty, at a claim. At most three
 * (WeChat).
 */
export const purposesOf = (role: string): readonly Purpose[] => {
  if (role === "resident") return ["accepted", "question", "resolved"];
  return role === "cadre" ? ["assigned", "offered", "due"] : [];
};

/** One message to one person, or to the group. */
export interface PlannedMessage {
  /** `eventId:userId:channel`; for the group `eventId:group:channel`. */
  id: string;
  userId: string | null;
  to: "resident" | "staff" | "group";
  channel: Channel;
  purpose: Purpose;
  /** May wait for the morning, and goes after those that may not. */
  waits: boolean;
  notBefore: Date;
}

interface Given {
  /** What the catalogue declares of the event. */
  rows: readonly Row[];
  id: string;
  event: Pick<EventRecord, "type" | "actor" | "subjects" | "data">;
  urgency: Urgency;
  /** Cadres on duty now. */
  onDuty: readonly string[];
  /** The community's clerks. */
  committee: readonly string[];
  now: Date;
}

/** The messages of an event: to each person once a channel, never to the one who did it. */
export function messagesOf({ rows, id, event, urgency, onDuty, committee, now }: Given): PlannedMessage[] {
  const { residentId, handlerId, filerId = null, cadreIds = [] } = event.subjects;
  const people: Readonly<Record<Row["to"], readonly (string | null)[]>> = {
    resident: [residentId, filerId],
    handler: [handlerId],
    group: [null],
    onDuty,
    offeree: cadreIds,
    committee,
  };
  const planned = rows
    .filter(({ urgentOnly }) => urgency === "urgent" || !urgentOnly)
    .filter(({ backupOnly }) => event.data["kind"] === "backup" || !backupOnly)
    .map((row) => ({ ...row, waits: row.waits && urgency !== "urgent" }))
    .flatMap(({ to, channel, purpose, waits }) =>
      people[to]
        .filter((userId) => to === "group" || (userId !== null && userId !== event.actor.id))
        .map((userId) => ({
          id: `${id}:${userId ?? "group"}:${channel}`,
          userId,
          to: to === "resident" || to === "group" ? to : ("staff" as const),
          channel,
          purpose,
          waits,
          notBefore: sendAt({ waits }, now),
        })),
    );
  return [...new Map(planned.map((message) => [message.id, message])).values()];
}

/**
 * Whether a message still says something true when its time has come: one that waited for the morning may have been
 * overtaken.
 */
export function isStillRelevant(
  { purpose, userId }: Pick<PlannedMessage, "purpose" | "userId">,
  request: Request,
): boolean {
  const { handlerId, resolvedAt, closedAt, question, offer, escalation } = request;
  switch (purpose) {
    case "offered":
      return offer !== null && (userId === null || offer.cadreId === userId);
    case "due":
      return escalation !== null && closedAt === null && resolvedAt === null && [null, handlerId].includes(userId);
    case "untaken":
    case "filed":
      return handlerId === null && closedAt === null && resolvedAt === null;
    case "accepted":
      return handlerId !== null && closedAt === null && resolvedAt === null;
    case "assigned":
      return handlerId === userId && closedAt === null && resolvedAt === null;
    case "question":
      return question !== null && closedAt === null;
    case "resolved":
      return resolvedAt !== null && closedAt === null && !isRated(request);
  }
}

const HOUR = 3_600_000;
/** News older than this is for the inbox only: after a long outage nobody is flooded with yesterday's. */
const STALE_MS = 12 * HOUR;

/** Whether what happened at `at` may still be told outside the app, or be tried again. */
export const isRecent = (at: Date, now: Date): boolean => now.getTime() - at.getTime() < STALE_MS;

/** Asia/Shanghai has no summer time since 1991. */
const SHANGHAI = 8 * HOUR;
const QUIET_FROM = 22;
const QUIET_TO = 7;

/** `now`, or between 22:00 and 7:00 in Shanghai the next 7:00. */
export function afterQuietHours(now: Date): Date {
  const local = new Date(now.getTime() + SHANGHAI);
  const hour = local.getUTCHours();
  if (hour >= QUIET_TO && hour < QUIET_FROM) return now;
  const midnight = local.getTime() - (local.getTime() % (24 * HOUR));
  const morning = midnight + QUIET_TO * HOUR + (hour >= QUIET_FROM ? 24 * HOUR : 0);
  return new Date(morning - SHANGHAI);
}

/** When a message goes that is ready at `at`. */
export const sendAt = ({ waits }: Pick<PlannedMessage, "waits">, at: Date): Date => (waits ? afterQuietHours(at) : at);
