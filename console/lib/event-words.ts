import type { EventType } from "../../contract/events.ts";
import type { TimelineEntry } from "../../contract/index.ts";
import { zh } from "../i18n/zh.ts";
import { moduleTellers } from "../modules/index.ts";
import { coHandlingFormatters, helpers } from "./co-handling-event-words.ts";
import { type Data, type EventWords, type Tellers, countOf, said, textOf } from "./event-data.ts";
import { rosterFormatters } from "./roster-event-words.ts";
import { settingsFormatters } from "./settings-event-words.ts";
import { transferFormatters } from "./transfer-event-words.ts";
import { exactTime } from "./time.ts";

const outcomeWord = (data: Data): string => {
  const outcome = textOf(data, "outcome");
  return outcome !== null && outcome in zh.outcome ? zh.outcome[outcome as keyof typeof zh.outcome] : zh.common.none;
};

const until = (data: Data): string | null => {
  const time = textOf(data, "until");
  return time === null || Number.isNaN(Date.parse(time)) ? null : exactTime(new Date(time)).slice(0, 16);
};

/** Why the request was offered to this cadre, as the dispatcher recorded it. */
function offerWhy(data: Data): string {
  const { covers, alone, backup, "nobody-covers": nobody } = zh.sentence.offerWhy;
  const [open, time] = [countOf(data, "open"), until(data)?.slice(11) ?? ""];
  if (data["why"] === "backup") return backup(data["call"] === 2);
  if (data["why"] === "alone") return alone(open, time);
  if (data["why"] === "nobody-covers") return nobody(open, time);
  return covers(Array.isArray(data["covers"]) ? data["covers"].join(zh.common.join) : "", open, time);
}

const clockWord = (data: Data): string => zh.sentence.clock[data["clock"] === "resolve" ? "resolve" : "respond"];

/** The number of requests without a hand-over note at the end of a duty. */
const owed = (data: Data): number => (Array.isArray(data["owed"]) ? data["owed"].length : 0);
const owedNos = (data: Data): string | null => (Array.isArray(data["owed"]) ? data["owed"].join(zh.common.join) : null);

/** By which rule data were erased. */
function erasedBy(data: Data): string {
  const rule = textOf(data, "rule");
  const rules = zh.sentence.erasureRules;
  return rules[rule !== null && rule in rules ? (rule as keyof typeof rules) : "earlier"];
}
function stateRecorded(data: Data): string {
  const why = textOf(data, "why");
  const words = zh.sentence.stateRecorded;
  return words[why !== null && why in words ? (why as keyof typeof words) : "created"];
}
const positionsOf = (data: Data): number => (Array.isArray(data["positions"]) ? data["positions"].length : 0);

const exportedWords = (data: Data): string =>
  zh.sentence.exported(zh.exports.kind[data["kind"] === "log" ? "log" : "requests"], data["clear"] === true);

/** A login: the way, the device and the network. */
function succeededLogin(data: Data): string {
  const t = zh.audit.succeeded;
  const how = t.how[data["how"] === "phone" || data["how"] === "wechat" ? data["how"] : "password"];
  return t.words(how, textOf(data, "device") ?? t.someDevice, textOf(data, "from") ?? zh.common.none);
}

/** A failed login: the account as far as the log has it, and the network. */
function failedLogin(data: Data): string {
  const t = zh.audit.failed;
  const account = textOf(data, "account");
  const phone = data["how"] === "phone";
  const nobodys = phone ? t.unknownPhone : t.unknownAccount;
  const whose = account ? t.accountOf(account) : data["known"] === true ? t.resident : nobodys;
  const told = phone ? t.phone : data["how"] === "second_factor" ? t.secondFactor : t.password;
  return told(whose, textOf(data, "from") ?? zh.common.none);
}

const formatters: Tellers = {
  "request.submitted": (data) => {
    const as = textOf(data, "filedAs");
    const by = as !== null && as in zh.sentence.submittedFor ? (as as keyof typeof zh.sentence.submittedFor) : null;
    return said(by ? zh.sentence.submittedFor[by] : zh.sentence.submitted, textOf(data, "title"));
  },
  "request.consented": (data) => {
    const how = textOf(data, "how");
    const by = how !== null && how in zh.sentence.consentHow ? (how as keyof typeof zh.sentence.consentHow) : "call";
    const { consented, consentRefused, consentHow } = zh.sentence;
    return said((data["agreed"] === true ? consented : consentRefused)(consentHow[by]));
  },
  "request.consent_revoked": () => said(zh.sentence.consentRevoked),
  "request.followed": (data) => said(zh.sentence.followed(countOf(data, "followers"))),
  "request.unfollowed": (data) => said(zh.sentence.unfollowed(countOf(data, "followers"))),
  "request.claimed": () => said(zh.sentence.claimed),
  "request.assigned": (data) => {
    const cadre = textOf(data, "cadreName");
    const sentence = data["lead"] === true ? zh.sentence.leadNamed : zh.sentence.assigned;
    return said(cadre ? sentence(cadre) : zh.sentence.assignedSomebody);
  },
  "request.released": (data) => {
    const code = textOf(data, "code");
    const why = code !== null && code in zh.returnCode ? zh.returnCode[code as keyof typeof zh.returnCode] : "";
    return said(zh.sentence.released(why), textOf(data, "reason"));
  },
  "request.contacted": (data) => said(zh.sentence.contacted, textOf(data, "note")),
  "request.internally_noted": (data) => said(zh.sentence.internallyNoted, textOf(data, "text")),
  "request.noted": (data) => said(zh.sentence.noted, textOf(data, "text")),
  "request.message_sent": (data) => said(zh.sentence.messaged(countOf(data, "files")), textOf(data, "text")),
  "request.handed_over": (data) => {
    const to = textOf(data, "cadreName");
    return said(to ? zh.sentence.handedOver(to) : zh.sentence.keptOver, textOf(data, "note"));
  },
  "request.asked": (data) => said(zh.sentence.asked, textOf(data, "text")),
  "request.answered": (data) => said(zh.sentence.answered, textOf(data, "text")),
  "request.resolved": (data) =>
    said(`${zh.sentence.resolved(countOf(data, "files"))}${helpers(data)}`, textOf(data, "result")),
  "request.rated": (data) => {
    const rework = countOf(data, "rework");
    return said(
      rework > 0 ? zh.sentence.rework(rework) : zh.sentence.rated(outcomeWord(data)),
      textOf(data, "comment"),
    );
  },
  "request.called_back": (data) => {
    const { calledBack } = zh.sentence;
    const answer = textOf(data, "answer") ?? "";
    return said(answer in calledBack ? calledBack[answer as keyof typeof calledBack] : "", textOf(data, "text"));
  },
  "request.callback_late": () => said(zh.sentence.callbackLate),
  "request.callback_ended": () => said(zh.sentence.callbackEnded),
  "request.closed_unrated": () => said(zh.sentence.closedUnrated),
  "request.withdrawn": (data) => said(zh.sentence.withdrawn, textOf(data, "reason")),
  "request.rejected": (data) => said(zh.sentence.rejected, textOf(data, "reason")),
  "request.offered": (data) => said(zh.sentence.offered(textOf(data, "cadreName") ?? "", offerWhy(data))),
  "request.requeued": (data) => said(zh.sentence.requeued(textOf(data, "cadreName") ?? "")),
  "request.handed_back": (data) => said(zh.sentence.handedBack(textOf(data, "cadreName") ?? "")),
  "request.declined": (data) => said(zh.sentence.declined, textOf(data, "reason")),
  "request.offer_expired": (data) => said(zh.sentence.offerExpired(textOf(data, "cadreName") ?? "")),
  "request.untaken": () => said(zh.sentence.untaken),
  "request.extension_asked": (data) => said(zh.sentence.extensionAsked(until(data) ?? ""), textOf(data, "reason")),
  "request.extended": (data) => said(zh.sentence.extended(until(data) ?? "")),
  "request.extension_refused": (data) => said(zh.sentence.extensionRefused, textOf(data, "reason")),
  "request.suspension_asked": (data) => said(zh.sentence.suspensionAsked(until(data) ?? ""), textOf(data, "reason")),
  "request.suspended": (data) => said(zh.sentence.suspended(until(data) ?? "")),
  "request.suspension_refused": (data) => said(zh.sentence.suspensionRefused, textOf(data, "reason")),
  "request.resumed": () => said(zh.sentence.resumed),
  "request.reminded": (data) =>
    said(zh.sentence.reminded(zh.sentence.share[data["rung"] === "half" ? "half" : "most"], clockWord(data))),
  "request.overdue": (data) => said(zh.sentence.overdue(clockWord(data))),
  "request.supervised": (data) => said(zh.sentence.supervised(clockWord(data))),
  "resident.registered": () => said(zh.sentence.registered),
  "resident.confirmed": () => said(zh.sentence.confirmed),
  "account.closed": () => said(zh.sentence.accountClosed),
  "photo.held": () => said(zh.sentence.photoHeld),
  "photo.passed": () => said(zh.sentence.photoPassed),
  "photo.rejected": () => said(zh.sentence.photoRejected),
  "export.asked": (data) => said(zh.sentence.exportAsked(exportedWords(data)), textOf(data, "reason")),
  "export.fetched": (data) => said(zh.sentence.exportFetched(exportedWords(data))),
  "login.succeeded": (data) => said(succeededLogin(data)),
  "account.merge_begun": () => said(zh.sentence.accountMergeBegun),
  "account.merged": () => said(zh.sentence.accountMerged),
  "data.erased": (data) => said(zh.sentence.dataErased(erasedBy(data))),
  "log.erased": (data) => said(zh.sentence.logErased(positionsOf(data), erasedBy(data))),
  "state.recorded": (data) => said(stateRecorded(data)),
  "login.failed": (data) => said(failedLogin(data)),
  "personal.revealed": (data) =>
    said(zh.reveal.event(zh.reveal.field[data["field"] === "home" ? "home" : "phone"]), textOf(data, "reason")),
  "duty.started": (data) => {
    const time = until(data);
    return said(time ? zh.sentence.dutyUntil(time) : zh.sentence.dutyStarted);
  },
  ...coHandlingFormatters,
  "duty.ended": (data) => said(zh.sentence.dutyEnded(data["byItself"] === true, owed(data)), owedNos(data)),
  "duty.notes_missing": (data) =>
    said(zh.sentence.notesMissing(textOf(data, "cadreName") ?? "", owed(data)), owedNos(data)),
  "duty.notes_written": (data) => said(zh.sentence.notesWritten(textOf(data, "cadreName") ?? "")),
  ...rosterFormatters,
  ...settingsFormatters,
  ...transferFormatters,
  ...moduleTellers,
};

/**
 * An event in words. A type that this console does not know is shown by its name, because the log must be shown
 * completely.
 */
export function eventWords(event: Pick<TimelineEntry, "type" | "data">): EventWords {
  const teller = (formatters as Partial<Record<string, Tellers[EventType]>>)[event.type];
  const { sentence, words } = teller?.(event.data) ?? said(zh.sentence.other(event.type), textOf(event.data, "reason"));
  const mark = zh.sentence.wordMarks[textOf(event.data, "words") ?? ""] ?? "";
  return said(`${sentence}${mark}`, words);
}

/** The short name of an event's type, for a column or a select. */
export const eventTypeWord = (type: string): string => (zh.event as Readonly<Record<string, string>>)[type] ?? type;

/** The actor in words: 居民 王**. A name that was erased is shown as erased. */
export function actorWords(actor: TimelineEntry["actor"]): string {
  if (actor.role === "system") return zh.role.system;
  return `${zh.role[actor.role]} ${actor.name || zh.common.erased}`;
}

/** A position's name. A position that is not in this dictionary is shown as it is. */
export const positionWord = (position: string): string => zh.position[position] ?? position;
