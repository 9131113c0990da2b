import type { DomainEvent } from "../../../kernel/event.ts";
import type { Urgency } from "../community/community.ts";
import { isRated } from "../requests/rating.ts";
import type { Request } from "../requests/request.ts";

/** Ways of telling somebody outside the app. The inbox has its own table (notices.ts) and has everything. */
export const channels = ["wechat", "wecom", "sms"] as const;
export type Channel = (typeof channels)[number];

/** What a message is for; WeChat has a template for each. */
export const purposes = ["accepted", "question", "resolved", "assigned", "filed", "offered", "due", "untaken"] as const;
export type Purpose = (typeof purposes)[number];

/** Which templates a person in that role is asked for: at filing, at the start of duty, at a claim. At most three (WeChat). */
export const purposesOf = (role: string): readonly Purpose[] => {
  if (role === "resident") return ["accepted", "question", "resolved"];
  return role === "cadre" ? ["assigned", "offered", "due"] : [];
};

interface Row {
  /** `group`: the cadres' group chat; `onDuty`: each cadre on duty; `offeree`: to whom it is offered; `committee`: its clerks. */
  to: "resident" | "handler" | "group" | "onDuty" | "offeree" | "committee";
  channel: Channel;
  purpose: Purpose;
  /** May wait for the morning; of an urgent request nothing waits. */
  waits: boolean;
  /** Only of an urgent request. */
  urgentOnly?: true;
  /** Only of an offer to whoever is on call, off duty. */
  backupOnly?: true;
}

/** Whoever is on call has no app open: called by every way there is. */
const backupCall = { purpose: "offered", waits: false, urgentOnly: true, backupOnly: true } as const;
const late: readonly Row[] = [
  { to: "handler", channel: "wechat", purpose: "due", waits: true },
  { to: "handler", channel: "sms", purpose: "due", waits: false, urgentOnly: true },
  { to: "group", channel: "wecom", purpose: "due", waits: true },
];
const queuedAgain: readonly Row[] = [{ to: "group", channel: "wecom", purpose: "filed", waits: true }];

const residentBy = (purpose: Purpose): Row => ({ to: "resident", channel: "wechat", purpose, waits: true });

/** Who gets which message of which event; what a resident gets, the family member who filed it gets too. */
const table: Readonly<Record<string, readonly Row[]>> = {
  "request.submitted": [
    { to: "group", channel: "wecom", purpose: "filed", waits: true },
    { to: "onDuty", channel: "sms", purpose: "filed", waits: false, urgentOnly: true },
  ],
  "transfer.arrived": [
    { to: "group", channel: "wecom", purpose: "filed", waits: true },
    { to: "onDuty", channel: "sms", purpose: "filed", waits: false, urgentOnly: true },
  ],
  "request.claimed": [residentBy("accepted")],
  "request.assigned": [
    residentBy("accepted"),
    { to: "handler", channel: "wechat", purpose: "assigned", waits: false },
    { to: "handler", channel: "sms", purpose: "assigned", waits: false, urgentOnly: true },
  ],
  "request.offered": [
    { to: "offeree", channel: "wechat", purpose: "offered", waits: false },
    { to: "offeree", channel: "sms", ...backupCall },
    { to: "group", channel: "wecom", ...backupCall },
  ],
  "request.untaken": [{ to: "committee", channel: "sms", purpose: "untaken", waits: false, urgentOnly: true }],
  "request.handed_over": [{ to: "handler", channel: "wechat", purpose: "assigned", waits: true }],
  "request.released": queuedAgain,
  "request.requeued": queuedAgain,
  "request.reminded": [{ to: "handler", channel: "wechat", purpose: "due", waits: true }],
  "request.overdue": late,
  "request.supervised": late,
  "request.asked": [residentBy("question")],
  "request.resolved": [residentBy("resolved")],
};

/** Whether an event makes messages at all. */
export const makesMessages = (type: string): boolean => type in table;

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
  id: string;
  event: Pick<DomainEvent, "type" | "actor" | "subjects" | "data">;
  urgency: Urgency;
  /** Cadres on duty now. */
  onDuty: readonly string[];
  /** The community's clerks. */
  committee: readonly string[];
  now: Date;
}

/** The messages of an event: to each person once a channel, never to the one who did it. */
export function messagesOf({ id, event, urgency, onDuty, committee, now }: Given): PlannedMessage[] {
  const { residentId, handlerId, filerId = null, cadreIds = [] } = event.subjects;
  const people: Readonly<Record<Row["to"], readonly (string | null)[]>> = {
    resident: [residentId, filerId],
    handler: [handlerId],
    group: [null],
    onDuty,
    offeree: cadreIds,
    committee,
  };
  const planned = (table[event.type] ?? [])
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
          notBefore: goesAt({ waits }, now),
        })),
    );
  return [...new Map(planned.map((message) => [message.id, message])).values()];
}

/** Whether a message still says something true when its time has come: one that waited for the morning may have been overtaken. */
export function stillNews({ purpose, userId }: Pick<PlannedMessage, "purpose" | "userId">, request: Request): boolean {
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
export const goesAt = ({ waits }: Pick<PlannedMessage, "waits">, at: Date): Date => (waits ? afterQuietHours(at) : at);
