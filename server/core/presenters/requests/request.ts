import type {
  FileRef,
  Message,
  Request as RequestReply,
  RequestDetail,
  TimelineEntry,
} from "../../../../contract/index.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { mayHearOf, isRestricted, visibleData } from "../../../log/audience.ts";
import type { CoTask } from "../../../modules/co-handling/domain/co-task.ts";
import { MASK, maskName, maskPhone } from "../../domain/privacy/mask.ts";
import { followerEvents, isFollower } from "../../domain/requests/follow.ts";
import {
  personalData,
  readerOf,
  seesProgressOnly,
  seesInternal,
  seesKnowledge,
  seesCallback,
  seesRating,
  seesConversation,
  seesTier,
} from "../../domain/requests/policy.ts";
import type { Callback, Request } from "../../domain/requests/request.ts";
import { abilities, awaitsLeadUnit } from "../../domain/requests/request-lifecycle.ts";
import { receives } from "../../domain/requests/transfer.ts";
import { tierOf } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import type { TimelineEvent } from "../../usecases/requests/read-request.ts";
import { presentCadreCard } from "../people/cadre-card.ts";
import { presentTasks } from "../../../modules/co-handling/presenters/co-task.ts";
import { presentFiles } from "../files/files.ts";
import { presentFollowers, shownFollower } from "./followers.ts";
import type { RelatedData } from "../../usecases/requests/load-related.ts";
import type { DetailedRequest } from "../../usecases/requests/load-detail.ts";
import { progressOf } from "./request-progress.ts";
import { instant, instantOrNull, presentWindow } from "../time.ts";

/** What decrypts, signs addresses and tells the time: all that presenting needs beside what was loaded. */
export type Presenting = Uses<"clock" | "files" | "keys">;

/** One request as this caller may see it, with what the caller may do to it. */
export function presentRequest(deps: Presenting, actor: Actor, request: Request, related: RelatedData): RequestReply {
  const whole = present(deps, actor, request, related);
  return seesProgressOnly(actor, request) ? progressOf(whole) : whole;
}

function present(deps: Presenting, actor: Actor, request: Request, related: RelatedData): RequestReply {
  const now = deps.clock.now();
  const files = (ids: readonly string[]): FileRef[] => presentFiles(deps, actor, related.photos, ids);
  const full = personalData(actor, request) === "full";
  const resident = related.people.get(request.residentId);
  const handler = request.handlerId ? related.people.get(request.handlerId) : undefined;
  const { open } = deps.keys;
  const phone = open(request.contact.phone, "phone");
  const waiting = request.waitingSince !== null;
  const talk = seesConversation(actor, request);
  const staff = seesKnowledge(actor, request);
  return {
    id: request.id,
    requestNo: request.no,
    communityId: request.communityId,
    communityName: related.names.get(request.communityId) ?? "",
    serviceCode: request.serviceCode,
    serviceTitle: related.titles.get(request.id) || request.serviceCode,
    status: request.status,
    version: request.version,
    abilities: abilities(request, actor, now),
    urgency: request.urgency,
    title: request.title,
    description: request.description,
    answers: { ...request.answers },
    place: {
      building: request.place.building,
      unit: full ? open(request.place.unit, "unit") : MASK,
      room: full ? open(request.place.room, "room") : MASK,
    },
    contact: full
      ? { name: request.contact.name, phone }
      : { name: maskName(request.contact.name), phone: maskPhone(phone) },
    timeWindow: presentWindow(request),
    files: files(request.fileIds),
    resident: {
      id: request.residentId,
      name: full ? request.residentName : maskName(request.residentName),
      tier: resident && seesTier(actor, request) ? tierOf(resident) : "guest",
      mine: actor.ids.includes(request.residentId),
    },
    filedBy: presentFiler(actor, request, full),
    acceptedIn: counterOf(request, related),
    transfer:
      request.transfer && (staff || receives(actor, request))
        ? { ...request.transfer, at: instant(request.transfer.at) }
        : null,
    formerly: request.formerIds.map((id) => related.names.get(id) ?? id),
    followers: { count: request.followers.length, mine: isFollower(actor, request) },
    courseOnly: false,
    handler: handler ? presentCadreCard(handler, request.communityId, deps, now) : null,
    submittedAt: instant(request.submittedAt),
    respondBy: waiting ? null : instant(request.respondBy),
    resolveBy: waiting ? null : instant(request.resolveBy),
    claimedAt: instantOrNull(request.claimedAt),
    firstContactAt: instantOrNull(request.firstContactAt),
    resolvedAt: instantOrNull(request.resolvedAt),
    closedAt: instantOrNull(request.closedAt),
    question:
      request.question && talk ? { text: request.question.text, askedAt: instant(request.question.askedAt) } : null,
    result: request.result && talk ? { text: request.result.text, files: files(request.result.fileIds) } : null,
    escalation: staff && request.escalation ? { ...request.escalation, at: instant(request.escalation.at) } : null,
    offer:
      staff && request.offer
        ? {
            cadreName: request.offer.cadreName,
            kind: request.offer.kind,
            expiresAt: instant(request.offer.expiresAt),
            mine: request.offer.cadreId === actor.userId,
          }
        : null,
    plea:
      staff && request.plea
        ? { ...request.plea, until: instant(request.plea.until), at: instant(request.plea.at) }
        : null,
    suspendedUntil: instantOrNull(request.suspendedUntil),
    handover: presentNote(actor, request),
    rating:
      request.rating && seesRating(actor, request)
        ? { ...request.rating, tags: [...request.rating.tags], at: instant(request.rating.at) }
        : null,
    callback: request.callback && seesCallback(actor, request) ? presentCallback(request.callback) : null,
    unitHead: request.unitHead,
    closingReason: talk ? request.closingReason : null,
    reworkCount: request.reworkCount,
    returnCount: request.returnCount,
    awaitsLead: awaitsLeadUnit(request),
    openTasks: staff ? request.openTasks.length : 0,
    unreadMessages: related.unread.get(request.id) ?? 0,
  };
}

const presentCallback = ({ why, dueBy, attempts, made }: Callback): NonNullable<RequestReply["callback"]> => ({
  why,
  attempts,
  dueBy: instant(dueBy),
  made: made && { at: instant(made.at), byName: made.byName, answer: made.answer, text: made.text },
});

function counterOf({ acceptedIn }: Request, { names }: RelatedData): RequestReply["acceptedIn"] {
  return acceptedIn === null ? null : { communityId: acceptedIn, name: names.get(acceptedIn) ?? "" };
}

/** Who filed it for the resident. A family member's name is personal data like the resident's; a cadre's is public. */
function presentFiler(actor: Actor, { filedBy }: Request, full: boolean): RequestReply["filedBy"] {
  if (!filedBy) return null;
  const { as, name, relation, consent } = filedBy;
  return {
    as,
    name: as === "family" && !full ? maskName(name) : name,
    relation,
    mine: actor.ids.includes(filedBy.id),
    consent: consent && { ...consent, at: instantOrNull(consent.at) },
  };
}

/** The last note of a hand-over, for the staff. */
function presentNote(actor: Actor, request: Request): RequestReply["handover"] {
  if (!request.handover || !seesInternal(actor, request)) return null;
  const { note, fromName, toName, at } = request.handover;
  return { note, from: fromName, to: toName, at: instant(at) };
}

/** A request with its timeline, messages and, for staff, the knowledge card. */
export function presentRequestDetail(deps: Presenting, actor: Actor, loaded: DetailedRequest): RequestDetail {
  const { request, timeline, messages, tasks, related, card, followers } = loaded;
  return {
    ...presentRequest(deps, actor, request, related),
    timeline: timeline
      .filter(({ type }) => mayHearOf(actor, type))
      .flatMap((event) => presentEvent(actor, request, event)),
    // Without the resident's consent, only what one said oneself.
    messages: messages
      .filter(({ kind }) => kind !== "internal" || seesInternal(actor, request))
      .filter(({ author }) => seesConversation(actor, request) || actor.ids.includes(author.id))
      .map((message): Message => ({
        id: message.id,
        kind: message.kind,
        at: instant(message.at),
        author: { ...shownActor(actor, request, message.author), mine: actor.ids.includes(message.author.id) },
        text: message.text,
        files: presentFiles(deps, actor, related.photos, message.fileIds),
      })),
    coHandlers: seesConversation(actor, request) ? coHandlersOf(tasks) : [],
    tasks: presentTasks(deps, actor, loaded.tasksShown),
    knowledgeCard: seesKnowledge(actor, request)
      ? { bring: [...card.bring], ask: [...card.ask], say: [...card.say] }
      : null,
    followedBy: seesKnowledge(actor, request) ? presentFollowers(request, followers) : null,
  };
}

/** The organizations that are at it now, each once: all that the resident learns of their tasks. */
const coHandlersOf = (tasks: readonly CoTask[]): string[] => [
  ...new Set(tasks.filter(({ state }) => state === "accepted").map(({ organization }) => organization)),
];
/** A resident's name is personal data like the phone; a single rating is hidden from its handler. */
function presentEvent(actor: Actor, request: Request, event: TimelineEvent): TimelineEntry[] {
  const data = eventData(actor, request, event);
  if (!data) return [];
  return [
    {
      id: event.id,
      at: instant(event.at),
      type: event.type,
      actor: followerEvents.includes(event.type)
        ? shownFollower(actor, request, event.actor)
        : shownActor(actor, request, event.actor),
      data: { ...data },
    },
  ];
}

/**
 * What the actor sees of what an event tells; null: not that it has happened. Of what one did oneself it is what the
 * resident sees. Of a rating that is not for the actor it is how far the request is.
 */
function eventData(
  actor: Actor,
  request: Request,
  { type, actor: who, data }: TimelineEvent,
): TimelineEvent["data"] | null {
  const reader = readerOf(actor, request);
  if (isRestricted(type) && reader !== "follower" && !seesRating(actor, request))
    return visibleData("family", type, data) ?? (reader === "staff" ? { status: data["status"] } : null);
  const own = reader === "family" && actor.ids.includes(who.id);
  return visibleData(own ? "resident" : reader, type, data);
}

function shownActor(actor: Actor, request: Request, who: TimelineEvent["actor"]): TimelineEntry["actor"] {
  if (who.role === "resident" && seesProgressOnly(actor, request)) return { id: "", role: "resident", name: "" };
  const hidden = who.role === "resident" && personalData(actor, request) !== "full";
  return { id: who.id, role: who.role as TimelineEntry["actor"]["role"], name: hidden ? maskName(who.name) : who.name };
}
