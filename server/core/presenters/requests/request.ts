import type {
  FileRef,
  Message,
  Request as RequestReply,
  RequestDetail,
  TimelineEntry,
} from "../../../../contract/index.ts";
import type { Actor } from "../../../kernel/actor.ts";
import { mayHearOf, isRestricted, visibleData } from "../../../log/audience.ts";
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
  seesAccount,
} from "../../domain/requests/policy.ts";
import type { Callback } from "../../domain/requests/request-outcome.ts";
import type { Request } from "../../domain/requests/request.ts";
import { abilities, awaitsLeadUnit } from "../../domain/requests/request-lifecycle.ts";
import { receives } from "../../domain/requests/transfer.ts";
import { tierOf } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import type { TimelineEvent } from "../../usecases/requests/read-request.ts";
import { presentCadreCard } from "../people/cadre-card.ts";
import { presentFiles } from "../files/files.ts";
import { presentFollowers, shownFollower } from "./followers.ts";
import type { RelatedData } from "../../usecases/requests/load-related.ts";
import type { DetailedRequest } from "../../usecases/requests/load-detail.ts";
import { NOBODY, progressOf } from "./request-progress.ts";
import { instant, instantOrNull, presentWindow } from "../time.ts";

/** What presenting needs beside the loaded data: decryption, signed file addresses and the time. */
export type Presenting = Uses<"clock" | "files" | "keys">;

/** A request as this caller may see it, with the caller's `abilities`. */
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
  const phone = open(request.content.contact.phone, "phone");
  const waiting = request.clocks.pausedSince !== null;
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
    abilities: abilities(request, actor, now),
    urgency: request.urgency,
    title: request.content.title,
    description: request.content.description,
    answers: { ...request.content.answers },
    place: {
      building: request.content.place.building,
      unit: full ? open(request.content.place.unit, "unit") : MASK,
      room: full ? open(request.content.place.room, "room") : MASK,
    },
    contact: full
      ? { name: request.content.contact.name, phone }
      : { name: maskName(request.content.contact.name), phone: maskPhone(phone) },
    timeWindow: presentWindow(request),
    files: files(request.content.fileIds),
    resident: {
      id: seesAccount(actor, request) ? request.residentId : NOBODY,
      name: full ? request.party.residentName : maskName(request.party.residentName),
      tier: resident && seesAccount(actor, request) ? tierOf(resident) : "guest",
      mine: actor.ids.includes(request.residentId),
    },
    filedBy: presentFiler(actor, request, full),
    acceptedIn: counterOf(request, related),
    transfer:
      request.transfer.pending && (staff || receives(actor, request))
        ? { ...request.transfer.pending, at: instant(request.transfer.pending.at) }
        : null,
    formerly: request.transfer.formerCommunityIds.map((id) => related.names.get(id) ?? id),
    followers: { count: request.party.followers.length, mine: isFollower(actor, request) },
    progressOnly: false,
    handler: handler ? presentCadreCard(handler, request.communityId, deps, now) : null,
    submittedAt: instant(request.submittedAt),
    respondBy: waiting ? null : instant(request.clocks.respondBy),
    resolveBy: waiting ? null : instant(request.clocks.resolveBy),
    claimedAt: instantOrNull(request.clocks.claimedAt),
    firstContactAt: instantOrNull(request.clocks.firstContactAt),
    resolvedAt: instantOrNull(request.clocks.resolvedAt),
    closedAt: instantOrNull(request.clocks.closedAt),
    question:
      request.handling.question && talk
        ? { text: request.handling.question.text, askedAt: instant(request.handling.question.askedAt) }
        : null,
    result:
      request.outcome.result && talk
        ? { text: request.outcome.result.text, files: files(request.outcome.result.fileIds) }
        : null,
    escalation:
      staff && request.clocks.escalation
        ? { ...request.clocks.escalation, at: instant(request.clocks.escalation.at) }
        : null,
    offer:
      staff && request.dispatch.offer
        ? {
            cadreName: request.dispatch.offer.cadreName,
            kind: request.dispatch.offer.kind,
            expiresAt: instant(request.dispatch.offer.expiresAt),
            mine: request.dispatch.offer.cadreId === actor.userId,
          }
        : null,
    timeRequest:
      staff && request.clocks.timeRequest
        ? {
            ...request.clocks.timeRequest,
            until: instant(request.clocks.timeRequest.until),
            at: instant(request.clocks.timeRequest.at),
          }
        : null,
    suspendedUntil: instantOrNull(request.clocks.suspendedUntil),
    handover: presentNote(actor, request),
    rating:
      request.outcome.rating && seesRating(actor, request)
        ? { ...request.outcome.rating, tags: [...request.outcome.rating.tags], at: instant(request.outcome.rating.at) }
        : null,
    callback:
      request.outcome.callback && seesCallback(actor, request) ? presentCallback(request.outcome.callback) : null,
    unitHead: request.handling.unitHead,
    closingReason: talk ? request.outcome.closingReason : null,
    reworkCount: request.outcome.reworkCount,
    returnCount: request.dispatch.returnCount,
    awaitsLeadUnit: awaitsLeadUnit(request),
    openTasks: staff ? request.handling.openTasks.length : 0,
    unreadMessages: related.unread.get(request.id) ?? 0,
  };
}

const presentCallback = ({ reason, dueBy, attempts, made }: Callback): NonNullable<RequestReply["callback"]> => ({
  why: reason,
  attempts,
  dueBy: instant(dueBy),
  made: made && { at: instant(made.at), byName: made.byName, answer: made.answer, text: made.text },
});

function counterOf({ party: { acceptedInCommunityId } }: Request, { names }: RelatedData): RequestReply["acceptedIn"] {
  const id = acceptedInCommunityId;
  return id === null ? null : { communityId: id, name: names.get(id) ?? "" };
}

/**
 * Who filed the request for the resident. A family member's name is personal data like the resident's; a cadre's is
 * public.
 */
function presentFiler(actor: Actor, { party: { filedBy } }: Request, full: boolean): RequestReply["filedBy"] {
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

/** The last hand-over note, for the staff. */
function presentNote(actor: Actor, request: Request): RequestReply["handover"] {
  if (!request.handling.handover || !seesInternal(actor, request)) return null;
  const { note, fromName, toName, at } = request.handling.handover;
  return { note, from: fromName, to: toName, at: instant(at) };
}

/** A request with its timeline, messages and, for staff, the knowledge card. */
export function presentRequestDetail(deps: Presenting, actor: Actor, loaded: DetailedRequest): RequestDetail {
  const { request, timeline, messages, ofModules, related, card, followers } = loaded;
  return {
    ...presentRequest(deps, actor, request, related),
    timeline: timeline
      .filter(({ type }) => mayHearOf(actor, type))
      .flatMap((event) => presentEvent(deps, actor, request, event)),
    // Without the resident's consent, a family member sees only their own messages.
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
    ...ofModules,
    knowledgeCard: seesKnowledge(actor, request)
      ? { bring: [...card.bring], ask: [...card.ask], say: [...card.say] }
      : null,
    followedBy: seesKnowledge(actor, request) ? presentFollowers(request, followers) : null,
  };
}

/**
 * An event as a timeline entry; none when the actor may not see it. A resident's name is personal data like the phone.
 * A single rating is hidden from its handler.
 */
function presentEvent({ keys }: Presenting, actor: Actor, request: Request, event: TimelineEvent): TimelineEntry[] {
  const data = eventData(actor, request, event);
  if (!data) return [];
  return [
    {
      // The stored id contains the number of the step, and would tell how many steps the reader does not see.
      id: keys.blindIndex("timeline", event.id),
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
 * The event's data that the actor may see; null when the actor may not see the event at all. An actor sees their own
 * events as the resident does. Of a rating that is hidden from a member of staff only the status remains.
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
  const isOthers = who.role === "resident" && !actor.ids.includes(who.id) && !seesAccount(actor, request);
  return {
    id: isOthers ? "" : who.id,
    role: who.role as TimelineEntry["actor"]["role"],
    name: hidden ? maskName(who.name) : who.name,
  };
}
