import type { Message, RequestDetail, TimelineEntry } from "../../contract/index.ts";
import { words } from "../i18n";
import { sayClock } from "../i18n/time-words";
import { wallClock } from "../../fronts/wall-clock.ts";

/** One entry of a request's timeline. */
export interface FlowItem {
  id: string;
  at: Date;
  /** `event`: a sentence; `message` and `track`: a text that somebody wrote. */
  kind: "event" | Message["kind"];
  sentence: string;
  /** The text that was written with it; empty for an event without one. */
  said: string;
  mine: boolean;
  files: Message["files"];
}

/** Timeline and messages merged, oldest first. The person `readerId` is called 您. */
export function flowOf(detail: RequestDetail, readerId: string | null): FlowItem[] {
  const events = detail.timeline.flatMap((entry) => eventItem(entry, detail, readerId));
  const messages = detail.messages.map((message): FlowItem => {
    const who = message.author.mine ? words.request.you : message.author.name;
    return {
      id: message.id,
      at: new Date(message.at),
      kind: message.kind,
      sentence: messageSentence(message.kind, who),
      said: message.text,
      mine: message.author.mine,
      files: message.files,
    };
  });
  return [...events, ...messages].sort((a, b) => a.at.getTime() - b.at.getTime());
}

function messageSentence(kind: Message["kind"], who: string): string {
  const { noted, internallyNoted } = words.request.events;
  if (kind === "internal") return internallyNoted(who);
  return kind === "note" ? noted(who) : who;
}

function eventItem(entry: TimelineEntry, detail: RequestDetail, readerId: string | null): FlowItem[] {
  const mine = entry.actor.id === readerId || (entry.actor.id === detail.resident.id && detail.resident.mine);
  const who = mine ? words.request.you : entry.actor.name || words.roles[entry.actor.role];
  const told = tell(entry, who, detail);
  if (told === null) return [];
  const [sentence, said] = told;
  const files = entry.type === "request.resolved" ? (detail.result?.files ?? []) : [];
  return [{ id: entry.id, at: new Date(entry.at), kind: "event", sentence, said, mine, files }];
}

/** The sentence of an event and its text. Null for events that are shown as messages or are irrelevant to readers. */
function tell({ type, data, actor }: TimelineEntry, who: string, detail: RequestDetail): [string, string] | null {
  const toResident = detail.resident.mine;
  const say = words.request.events;
  const text = (name: string): string => (typeof data[name] === "string" ? data[name] : "");
  switch (type) {
    case "request.submitted":
      return [detail.filedBy ? say.submittedFor(who, toResident) : say.submitted(who), ""];
    case "request.consented":
      return [data["agreed"] === true ? say.consented(how(text("how"))) : say.consentRefused(how(text("how"))), ""];
    case "request.consent_revoked":
      return [say.consentRevoked(who), ""];
    case "request.claimed":
      return [say.claimed(who), ""];
    case "request.assigned":
      return [say.assigned(who, text("cadreName") || words.request.next.someone), ""];
    case "request.transfer_asked":
      return [say.transferAsked(text("toName")), text("reason")];
    case "request.transfer_refused":
      return [say.transferRefused(text("toName")), text("reason")];
    case "request.transferred":
      return [say.transferred(text("toName")), ""];
    case "request.released":
      return [say.released(who), text("reason")];
    case "request.contacted":
      return [say.contacted(who), text("note")];
    case "request.handed_over":
      return [text("cadreName") ? say.handedOver(who, text("cadreName")) : say.keptOver(who), text("note")];
    case "request.asked":
      return [toResident ? say.askedYou(who) : say.asked(who), text("text")];
    case "request.answered":
      return [say.answered(who), text("text")];
    case "request.resolved":
      return [say.resolved(who), text("result")];
    case "request.rated":
      return [rated(who, text("outcome")), text("comment")];
    case "request.closed_unrated":
      return [say.closedUnrated, ""];
    case "request.withdrawn":
      return [say.withdrawn(who), text("reason")];
    case "request.rejected":
      return [say.rejected(who), text("reason")];
    case "request.offered":
      return [say.offered(text("cadreName")), ""];
    case "request.declined":
      return [say.declined(who), toResident ? "" : text("reason")];
    case "request.offer_expired":
      return [say.offerExpired(text("cadreName")), ""];
    case "request.handed_back":
      return [say.handedBack(text("cadreName")), ""];
    case "request.requeued":
      return [say.requeued(text("cadreName")), ""];
    case "request.untaken":
      return [say.untaken, ""];
    case "request.extension_asked":
      return [say.extensionAsked(who, moment(data)), text("reason")];
    case "request.extended":
      return [say.extended(who, moment(data)), ""];
    case "request.extension_refused":
      return [say.extensionRefused(who), text("reason")];
    case "request.suspension_asked":
      return [say.suspensionAsked(who, moment(data)), text("reason")];
    case "request.suspended":
      return [say.suspended(who, moment(data)), ""];
    case "request.suspension_refused":
      return [say.suspensionRefused(who), text("reason")];
    case "request.resumed":
      return [actor.role === "system" ? say.resumedByItself : say.resumed(who), ""];
    case "task.accepted":
      return [say.coHandled(text("organization")), ""];
    case "request.reminded":
      return [say.reminded[clockOf(data)], ""];
    case "request.overdue":
      return [say.overdue[clockOf(data)], ""];
    case "request.supervised":
      return [say.supervised[clockOf(data)], ""];
    default:
      return null;
  }
}

/** How consent was given, in words. */
function how(code: string): string {
  const { consentHow } = words.proxyFiling;
  return code in consentHow ? consentHow[code as keyof typeof consentHow] : "";
}

const clockOf = (data: TimelineEntry["data"]): "respond" | "resolve" =>
  data["clock"] === "resolve" ? "resolve" : "respond";

/** The time until which something holds, with its date. */
function moment(data: TimelineEntry["data"]): string {
  if (typeof data["until"] !== "string") return "";
  const { month, date, hour, minute } = wallClock(new Date(data["until"]));
  return words.request.dateAndTime(month, date, sayClock({ hour, minute }));
}

function rated(who: string, outcome: string): string {
  const { events, outcomes } = words.request;
  if (outcome === "unsolved") return events.reworked(who);
  if (outcome === "solved" || outcome === "partly") return events.rated(who, outcomes[outcome]);
  return events.ratedOnly(who);
}
