import type { MessageDeclaration as Row } from "../../../../contract/events.ts";
import type { EventRecord } from "../../../kernel/event.ts";
import type { Urgency } from "../community/community.ts";
import { isRated } from "../requests/rating.ts";
import type { Request } from "../requests/request.ts";

/** Channels outside the app. Inbox notices have their own table (notices.ts), which covers every event. */
export const channels = ["wechat", "wecom", "sms"] as const satisfies Row["channel"][];
export type Channel = (typeof channels)[number];

/** The purposes of messages; WeChat has a template for each. */
export const purposes = ["accepted", "question", "resolved", "assigned", "filed", "offered", "due", "untaken"] as const;
export type Purpose = (typeof purposes)[number];

/**
 * The templates for which a person in this role is asked for consent: residents when they file, cadres when they start
 * duty and claim. WeChat allows at most three.
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
  /** Whether it may wait until the morning. Such messages are sent after those that may not. */
  waits: boolean;
  notBefore: Date;
}

interface Given {
  /** The messages that the catalogue declares for the event. */
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

/** The messages of an event: one to each person and channel, none to the actor of the event. */
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
 * Whether a message is still true when it is sent. The request may have moved on while the message waited for the
 * morning.
 */
export function isStillRelevant(
  { purpose, userId }: Pick<PlannedMessage, "purpose" | "userId">,
  request: Request,
): boolean {
  const {
    handlerId,
    clocks: { resolvedAt, closedAt, escalation },
    handling: { question },
    dispatch: { offer },
  } = request;
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
/** An older event goes to the inbox only, so that nobody gets a flood of old messages after a long outage. */
const STALE_MS = 12 * HOUR;

/** Whether an event at `at` is recent enough to be sent, or sent again, outside the app. */
export const isRecent = (at: Date, now: Date): boolean => now.getTime() - at.getTime() < STALE_MS;

/** Asia/Shanghai has had no summer time since 1991. */
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

/** When a message that is ready at `at` may be sent. */
export const sendAt = ({ waits }: Pick<PlannedMessage, "waits">, at: Date): Date => (waits ? afterQuietHours(at) : at);
