import type { Actor } from "../../../kernel/actor.ts";
import { callbackAfter } from "./callback.ts";
import type { Service } from "../community/community.ts";
import { alreadyOffered, restAfterRound } from "./dispatch.ts";
import { queueKey } from "./queue-order.ts";
import type { Consent, Escalation, TimeRequest, Request, Transfer } from "./request.ts";
import type { Action, Inputs } from "./request-inputs.ts";
import type { StepData } from "./step-events.ts";
import { hasReturnsLeft } from "./returns.ts";
import { refuse } from "../../../kernel/errors.ts";
import { clocksFrom, countingOf, extendedClocks, nextEscalation, escalationsAfter } from "./sla.ts";
import type { OfficeHours } from "../community/working-time.ts";

/** Who takes a step, when, of which service, and when its community's office is open. */
export interface StepContext {
  actor: Actor;
  now: Date;
  service: Service;
  office: OfficeHours;
  /** The head of the unit that answers for it, by title and name; null: the community has named nobody. */
  unitHead: string | null;
}

/** What a step changes, and what its event tells. */
export type Effect<A extends Action> = (
  request: Request,
  input: Inputs[A],
  context: StepContext,
) => { set: Partial<Request>; data: StepData<A> };

/** Half a year: what takes longer is not a request but a project. */
const MAX_TIME_REQUEST_MS = 183 * 86_400_000;

/** A claim that the request has not had yet: what every new holder starts with. */
const withHandler = (handlerId: string, handlerName: string, now: Date): Partial<Request> => ({
  handlerId,
  handlerName,
  claimedAt: now,
  firstContactAt: null,
  plea: null,
});

/** Nobody holds it: it is for the queue again. */
const withoutHandler: Partial<Request> = {
  handlerId: null,
  handlerName: null,
  claimedAt: null,
  firstContactAt: null,
  plea: null,
};

/** The first contact, if there was none; what was escalated for want of it is so no more. */
const contacted = ({ firstContactAt, escalation }: Request, now: Date): Partial<Request> =>
  firstContactAt ? {} : { firstContactAt: now, ...(escalation?.clock === "respond" ? { escalation: null } : {}) };

const whereTo = (transfer: Transfer | null) => ({ to: transfer?.to ?? "", toName: transfer?.toName ?? "" });

/**
 * An escalation, taken late or in time. Throws `request.state_conflict` when it is not the one that is next: it was
 * taken.
 */
function escalated(request: Request, { clock, rung }: Inputs["remind"], level: Escalation["level"]) {
  const next = nextEscalation(request.rungs, request.firstContactAt !== null);
  if (next?.clock !== clock || next.rung !== rung) refuse("request.state_conflict", { action: rung });
  return {
    set: { rungs: escalationsAfter(request.rungs, next), escalation: { level, clock, at: next.at } },
    data: { clock, rung, dueAt: next.at.toISOString(), handlerName: request.handlerName },
  };
}

/** Something asked of the committee. Throws `request.until_invalid` when it asks for nothing. */
function timeRequested(kind: TimeRequest["kind"], { until, reason }: Inputs["ask-extension"], after: Date, now: Date) {
  if (until <= after || until <= now || until.getTime() - now.getTime() > MAX_TIME_REQUEST_MS)
    refuse("request.until_invalid");
  const plea: TimeRequest = { kind, until, reason, at: now };
  return { set: { plea }, data: { until: until.toISOString(), reason } };
}

/** Until when the approved time request reaches. Throws `request.until_invalid` when it asks for nothing any more. */
function granted({ plea }: Request, after: Date, now: Date): Date {
  if (!plea || plea.until <= after || plea.until <= now) return refuse("request.until_invalid");
  return plea.until;
}

/** The resident's word on whether the family member who filed it may act for them. */
const consented = ({ filedBy }: Request, consent: Consent): Partial<Request> =>
  filedBy ? { filedBy: { ...filedBy, consent } } : {};

/** What each step of the transition table does: the state after it is the table's business, everything else is here. */
export const effects: { [A in Action]: Effect<A> } = {
  claim: ({ offer }, _input, { actor, now }) => ({
    set: withHandler(actor.userId, actor.name, now),
    data: offer?.cadreId === actor.userId ? { accepted: true } : {},
  }),
  offer: (request, { cadreId, cadreName, kind, expiresAt, why }, { now }) => ({
    set: {
      offer: { cadreId, cadreName, kind, at: now, expiresAt },
      tried: [...alreadyOffered(request, now), cadreId],
      dispatchAt: expiresAt,
      restsUntil: null,
    },
    data: { cadreId, cadreName, kind, expiresAt: expiresAt.toISOString(), ...why },
  }),
  requeue: ({ handlerName }) => ({ set: withoutHandler, data: { cadreName: handlerName } }),
  "hand-back": ({ handlerName }) => ({ set: { ...withoutHandler, plea: null }, data: { cadreName: handlerName } }),
  "expire-offer": ({ offer }, _input, { now }) => {
    if (!offer || offer.expiresAt > now) refuse("request.state_conflict", { action: "expire-offer" });
    return { set: { offer: null, dispatchAt: now }, data: { cadreId: offer.cadreId, cadreName: offer.cadreName } };
  },
  decline: (_request, input, { now }) => ({ set: { offer: null, dispatchAt: now }, data: { reason: input.reason } }),
  "call-committee": (request, _input, { now }) => ({
    set: { committeeCalled: true, ...restAfterRound(now) },
    data: { tried: request.tried.length },
  }),
  assign: (request, input, { now }) => ({
    set: { ...withHandler(input.cadreId, input.cadreName, now) },
    data: {
      cadreId: input.cadreId,
      cadreName: input.cadreName,
      ...(hasReturnsLeft(request) ? {} : { lead: true }),
    },
  }),
  release: (request, input) => ({
    set: { ...withoutHandler, returnCount: request.returnCount + 1 },
    data: { code: input.code, reason: input.reason, returns: request.returnCount + 1 },
  }),
  "first-contact": (request, input, { now }) => ({ set: contacted(request, now), data: { note: input.note } }),
  "hand-over": (_request, { note, cadreId, cadreName }, { actor, now }) => ({
    set: {
      handover: { note, fromId: actor.userId, fromName: actor.name, toName: cadreName, at: now },
      ...(cadreId ? { handlerId: cadreId, handlerName: cadreName } : {}),
    },
    data: { note, ...(cadreId ? { cadreId, cadreName: cadreName ?? "" } : {}) },
  }),
  note: (_request, input) => ({ set: {}, data: { messageId: input.messageId, text: input.text } }),
  "internal-note": (_request, input) => ({ set: {}, data: { messageId: input.messageId, text: input.text } }),
  message: (_request, input) => ({ set: {}, data: { messageId: input.messageId, files: input.fileIds.length } }),
  ask: (request, input, { now }) => ({
    set: { ...contacted(request, now), question: { text: input.text, askedAt: now } },
    data: { text: input.text },
  }),
  answer: (_request, input) => ({ set: {}, data: { text: input.text } }),
  resolve: (request, input, { now }) => ({
    set: {
      ...contacted(request, now),
      resolvedAt: now,
      result: { text: input.result, fileIds: input.fileIds },
    },
    data: {
      result: input.result,
      files: input.fileIds.length,
      ...(request.coHandlers.length ? { organizations: request.coHandlers } : {}),
    },
  }),
  rate: (request, input, { now, service, office, unitHead }) => {
    const rating = { ...input, at: now };
    const callback = callbackAfter(request, input, now, office);
    const told = {
      ...input,
      ...(request.rating && request.closedAt ? { changed: true } : {}),
      ...(callback && !callback.made ? { callbackBy: callback.dueBy.toISOString() } : {}),
    };
    if (input.outcome !== "unsolved")
      return { set: { rating, callback, closedAt: request.closedAt ?? now }, data: told };
    return {
      set: {
        rating,
        callback,
        unitHead,
        ...clocksFrom(now, service, office, true),
        escalation: null,
        queueKey: queueKey(now, request.urgency, service, true),
        ...withoutHandler,
        handover: null,
        resolvedAt: null,
        closedAt: null,
        reworkCount: request.reworkCount + 1,
        coHandlers: [],
      },
      data: { ...told, rework: request.reworkCount + 1, ...(unitHead ? { unitHead } : {}) },
    };
  },
  "call-back": ({ callback }, { answer, text }, { actor, now }) => {
    if (!callback) refuse("request.state_conflict", { action: "call-back" });
    if (answer === "unreached") {
      const attempts = callback.attempts + 1;
      return { set: { callback: { ...callback, attempts } }, data: { answer, text, attempts } };
    }
    const made = { at: now, byId: actor.userId, byName: actor.name, answer, text };
    return { set: { callback: { ...callback, made } }, data: { answer, text, late: now > callback.dueBy } };
  },
  "callback-late": ({ callback }) => {
    if (!callback || callback.late) refuse("request.state_conflict", { action: "callback-late" });
    return { set: { callback: { ...callback, late: true } }, data: { dueAt: callback.dueBy.toISOString() } };
  },
  // Whoever was to be called has closed the account: there is nobody to call, nor a phone.
  "end-callback": () => ({ set: { callback: null }, data: {} }),
  withdraw: (_request, input, { now }) => ({
    set: { closedAt: now, closingReason: input.reason },
    data: { reason: input.reason },
  }),
  reject: (_request, input, { now }) => ({
    set: { closedAt: now, closingReason: input.reason },
    data: { reason: input.reason },
  }),
  consent: (request, { agreed, mayRate: rates, how: heard }, { actor, now }) => {
    const how = actor.ids.includes(request.residentId) ? "app" : heard;
    const mayRate = agreed && rates;
    const consent: Consent = { state: agreed ? "given" : "refused", mayRate, how, at: now };
    return { set: consented(request, consent), data: { agreed, mayRate, how } };
  },
  "revoke-consent": (request, _input, { now }) => ({
    set: consented(request, { state: "refused", mayRate: false, how: "app", at: now }),
    data: {},
  }),
  "ask-organization": (request, input) => ({ set: { openTasks: [...request.openTasks, input.taskId] }, data: input }),
  "end-task": ({ openTasks, coHandlers }, { taskId, organization, taskState }) => {
    if (!openTasks.includes(taskId)) refuse("request.state_conflict", { action: "end-task" });
    const done = taskState === "done" ? [...new Set([...coHandlers, organization])] : coHandlers;
    return {
      set: { openTasks: openTasks.filter((id) => id !== taskId), coHandlers: done },
      data: { organization, taskState },
    };
  },
  "ask-transfer": ({ askedIds }, input, { actor, now }) => ({
    set: {
      transfer: { ...input, byName: actor.name, at: now },
      askedIds: [...askedIds.filter((id) => id !== input.to), input.to],
    },
    data: { to: input.to, toName: input.toName, reason: input.reason },
  }),
  "recall-transfer": ({ transfer }) => ({ set: { transfer: null }, data: whereTo(transfer) }),
  "accept-transfer": (request, { serviceVersion }, { now }) => ({
    set: {
      ...{
        ...withoutHandler,
        transfer: null,
        offer: null,
        tried: [],
        dispatchAt: now,
        committeeCalled: false,
        returnCount: 0,
      },
      communityId: request.transfer?.to ?? request.communityId,
      serviceVersion,
      formerIds: [...request.formerIds.filter((id) => id !== request.transfer?.to), request.communityId],
    },
    data: whereTo(request.transfer),
  }),
  "refuse-transfer": ({ transfer }, input) => ({
    set: { transfer: null },
    data: { ...whereTo(transfer), reason: input.reason },
  }),
  follow: (request, _input, { actor, now }) => ({
    set: { followers: [...request.followers, { id: actor.userId, at: now }] },
    data: { followers: request.followers.length + 1 },
  }),
  unfollow: (request, _input, { actor }) => {
    const followers = request.followers.filter(({ id }) => !actor.ids.includes(id));
    return { set: { followers }, data: { followers: followers.length } };
  },
  "ask-extension": (request, input, { now }) => timeRequested("extension", input, request.resolveBy, now),
  "approve-extension": (request, _input, { now, service, office }) => {
    const until = granted(request, request.resolveBy, now);
    const clocks = extendedClocks(request, until, now, countingOf(service, office));
    const escalation = request.escalation?.clock === "resolve" ? null : request.escalation;
    return {
      set: { ...clocks, escalation, plea: null },
      data: { until: until.toISOString(), from: request.resolveBy.toISOString() },
    };
  },
  "refuse-extension": (_request, input) => ({ set: { plea: null }, data: { reason: input.reason } }),
  "ask-suspension": (_request, input, { now }) => timeRequested("suspension", input, now, now),
  "approve-suspension": (request, _input, { now }) => {
    const until = granted(request, now, now);
    return { set: { suspendedUntil: until, plea: null }, data: { until: until.toISOString() } };
  },
  "refuse-suspension": (_request, input) => ({ set: { plea: null }, data: { reason: input.reason } }),
  resume: () => ({ set: {}, data: {} }),
  remind: (request, input) => escalated(request, input, "reminded"),
  "mark-overdue": (request, input) => escalated(request, input, "overdue"),
  supervise: (request, input) => escalated(request, input, "supervised"),
  "close-unrated": (_request, _input, { now }) => ({ set: { closedAt: now }, data: {} }),
};
