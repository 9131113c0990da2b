import type { Actor } from "../../../kernel/actor.ts";
import { callbackAfter } from "./callback.ts";
import type { Service } from "../community/community.ts";
import { alreadyOffered, restAfterRound } from "./dispatch.ts";
import { queueKey } from "./queue-order.ts";
import type { Escalation } from "./request-clocks.ts";
import type { Consent } from "./request-party.ts";
import type { Transfer } from "./request-transfer.ts";
import type { Request } from "./request.ts";
import { type RequestChange, withChanges } from "./request-change.ts";
import type { Action, Inputs } from "./request-inputs.ts";
import type { StepData } from "./step-events.ts";
import { hasReturnsLeft } from "./returns.ts";
import { granted, timeRequested } from "./time-requests.ts";
import { refuse } from "../../../kernel/errors.ts";
import { clocksFrom, countingOf, extendedClocks, nextEscalation, escalationsAfter } from "./sla.ts";
import type { OfficeHours } from "../community/working-time.ts";

/** The context of a step: actor, time, service, and the hours of the community's office. */
export interface StepContext {
  actor: Actor;
  now: Date;
  service: Service;
  office: OfficeHours;
  /** Title and name of the head of the responsible unit; null when the community has named nobody. */
  unitHead: string | null;
}

/** What a step changes in the request, and the data of its event. */
export type Effect<A extends Action> = (
  request: Request,
  input: Inputs[A],
  context: StepContext,
) => { set: RequestChange; data: StepData<A> };

/** The changes when a cadre becomes the handler. */
const withHandler = (handlerId: string, handlerName: string, now: Date): RequestChange => ({
  handlerId,
  handlerName,
  clocks: { claimedAt: now, firstContactAt: null, timeRequest: null },
});

/** The changes when the handler loses the request. */
const withoutHandler: RequestChange = {
  handlerId: null,
  handlerName: null,
  clocks: { claimedAt: null, firstContactAt: null, timeRequest: null },
};

/** The changes of a first contact: none if there was one. It ends an escalation of the response clock. */
const contacted = ({ clocks: { firstContactAt, escalation } }: Request, now: Date): RequestChange =>
  firstContactAt
    ? {}
    : { clocks: { firstContactAt: now, ...(escalation?.clock === "respond" ? { escalation: null } : {}) } };

const whereTo = (pending: Transfer | null) => ({ to: pending?.to ?? "", toName: pending?.toName ?? "" });

/**
 * The effect of an escalation. Throws `request.state_conflict` when it is not the next one, since it then has happened
 * already.
 */
function escalated(request: Request, { clock, stage }: Inputs["remind"], level: Escalation["level"]) {
  const next = nextEscalation(request.clocks.escalations, request.clocks.firstContactAt !== null);
  if (next?.clock !== clock || next.stage !== stage) refuse("request.state_conflict", { action: stage });
  return {
    set: {
      clocks: {
        escalations: escalationsAfter(request.clocks.escalations, next),
        escalation: { level, clock, at: next.at },
      },
    },
    data: { clock, rung: stage, dueAt: next.at.toISOString(), handlerName: request.handlerName },
  };
}

/** The resident's decision on whether the family member who filed it may act for them. */
const consented = ({ party: { filedBy } }: Request, consent: Consent): RequestChange =>
  filedBy ? { party: { filedBy: { ...filedBy, consent } } } : {};

/** The effect of each step of the transition table. The state after it comes from the table. */
export const effects: { [A in Action]: Effect<A> } = {
  claim: ({ dispatch: { offer } }, _input, { actor, now }) => ({
    set: withHandler(actor.userId, actor.name, now),
    data: offer?.cadreId === actor.userId ? { accepted: true } : {},
  }),
  offer: (request, { cadreId, cadreName, kind, expiresAt, why }, { now }) => ({
    set: {
      dispatch: {
        offer: { cadreId, cadreName, kind, at: now, expiresAt },
        offeredTo: [...alreadyOffered(request.dispatch, now), cadreId],
        dueAt: expiresAt,
        nextOfferRoundAt: null,
      },
    },
    data: { cadreId, cadreName, kind, expiresAt: expiresAt.toISOString(), ...why },
  }),
  requeue: ({ handlerName }) => ({ set: withoutHandler, data: { cadreName: handlerName } }),
  "hand-back": ({ handlerName }) => ({ set: withoutHandler, data: { cadreName: handlerName } }),
  "expire-offer": ({ dispatch: { offer } }, _input, { now }) => {
    if (!offer || offer.expiresAt > now) refuse("request.state_conflict", { action: "expire-offer" });
    return {
      set: { dispatch: { offer: null, dueAt: now } },
      data: { cadreId: offer.cadreId, cadreName: offer.cadreName },
    };
  },
  decline: (_request, input, { now }) => ({
    set: { dispatch: { offer: null, dueAt: now } },
    data: { reason: input.reason },
  }),
  "call-committee": (request, _input, { now }) => ({
    set: { dispatch: { committeeNotified: true, ...restAfterRound(now) } },
    data: { tried: request.dispatch.offeredTo.length },
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
    set: { ...withoutHandler, dispatch: { returnCount: request.dispatch.returnCount + 1 } },
    data: { code: input.code, reason: input.reason, returns: request.dispatch.returnCount + 1 },
  }),
  "first-contact": (request, input, { now }) => ({ set: contacted(request, now), data: { note: input.note } }),
  "hand-over": (_request, { note, cadreId, cadreName }, { actor, now }) => ({
    set: {
      handling: { handover: { note, fromId: actor.userId, fromName: actor.name, toName: cadreName, at: now } },
      ...(cadreId ? { handlerId: cadreId, handlerName: cadreName } : {}),
    },
    data: { note, ...(cadreId ? { cadreId, cadreName: cadreName ?? "" } : {}) },
  }),
  note: (_request, input) => ({ set: {}, data: { messageId: input.messageId, text: input.text } }),
  "internal-note": (_request, input) => ({ set: {}, data: { messageId: input.messageId, text: input.text } }),
  message: (_request, input) => ({ set: {}, data: { messageId: input.messageId, files: input.fileIds.length } }),
  ask: (request, input, { now }) => ({
    set: { ...contacted(request, now), handling: { question: { text: input.text, askedAt: now } } },
    data: { text: input.text },
  }),
  answer: (_request, input) => ({ set: {}, data: { text: input.text } }),
  resolve: (request, input, { now }) => ({
    set: {
      ...withChanges(contacted(request, now), { clocks: { resolvedAt: now } }),
      outcome: { result: { text: input.result, fileIds: input.fileIds } },
    },
    data: {
      result: input.result,
      files: input.fileIds.length,
      ...(request.handling.coHandlers.length ? { organizations: request.handling.coHandlers } : {}),
    },
  }),
  rate: (request, input, { now, service, office, unitHead }) => {
    const rating = { ...input, at: now };
    const callback = callbackAfter(request, input, now, office);
    const told = {
      ...input,
      ...(request.outcome.rating && request.clocks.closedAt ? { changed: true } : {}),
      ...(callback && !callback.made ? { callbackBy: callback.dueBy.toISOString() } : {}),
    };
    if (input.outcome !== "unsolved")
      return {
        set: { outcome: { rating, callback }, clocks: { closedAt: request.clocks.closedAt ?? now } },
        data: told,
      };
    return {
      set: withChanges(withoutHandler, {
        outcome: { rating, callback, reworkCount: request.outcome.reworkCount + 1 },
        handling: { unitHead, handover: null, coHandlers: [] },
        clocks: { ...clocksFrom(now, service, office, true), escalation: null, resolvedAt: null, closedAt: null },
        dispatch: { queueKey: queueKey(now, request.urgency, service, true) },
      }),
      data: { ...told, rework: request.outcome.reworkCount + 1, ...(unitHead ? { unitHead } : {}) },
    };
  },
  "call-back": ({ outcome: { callback } }, { answer, text }, { actor, now }) => {
    if (!callback) refuse("request.state_conflict", { action: "call-back" });
    if (answer === "unreached") {
      const attempts = callback.attempts + 1;
      return { set: { outcome: { callback: { ...callback, attempts } } }, data: { answer, text, attempts } };
    }
    const made = { at: now, byId: actor.userId, byName: actor.name, answer, text };
    return {
      set: { outcome: { callback: { ...callback, made } } },
      data: { answer, text, late: now > callback.dueBy },
    };
  },
  "callback-late": ({ outcome: { callback } }) => {
    if (!callback || callback.late) refuse("request.state_conflict", { action: "callback-late" });
    return {
      set: { outcome: { callback: { ...callback, late: true } } },
      data: { dueAt: callback.dueBy.toISOString() },
    };
  },
  // The resident has closed the account: nobody can be called, and the phone is erased.
  "end-callback": () => ({ set: { outcome: { callback: null } }, data: {} }),
  withdraw: (_request, input, { now }) => ({
    set: { clocks: { closedAt: now }, outcome: { closingReason: input.reason } },
    data: { reason: input.reason },
  }),
  reject: (_request, input, { now }) => ({
    set: { clocks: { closedAt: now }, outcome: { closingReason: input.reason } },
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
  "ask-organization": (request, input) => ({
    set: { handling: { openTasks: [...request.handling.openTasks, input.taskId] } },
    data: input,
  }),
  "end-task": ({ handling: { openTasks, coHandlers } }, { taskId, organization, taskState }) => {
    if (!openTasks.includes(taskId)) refuse("request.state_conflict", { action: "end-task" });
    const done = taskState === "done" ? [...new Set([...coHandlers, organization])] : coHandlers;
    return {
      set: { handling: { openTasks: openTasks.filter((id) => id !== taskId), coHandlers: done } },
      data: { organization, taskState },
    };
  },
  "ask-transfer": ({ transfer: { askedCommunityIds } }, input, { actor, now }) => ({
    set: {
      transfer: {
        pending: { ...input, byName: actor.name, at: now },
        askedCommunityIds: [...askedCommunityIds.filter((id) => id !== input.to), input.to],
      },
    },
    data: { to: input.to, toName: input.toName, reason: input.reason },
  }),
  "recall-transfer": ({ transfer: { pending } }) => ({ set: { transfer: { pending: null } }, data: whereTo(pending) }),
  "accept-transfer": ({ communityId, transfer }, { serviceVersion }, { now }) => ({
    set: {
      ...withoutHandler,
      communityId: transfer.pending?.to ?? communityId,
      serviceVersion,
      dispatch: { offer: null, offeredTo: [], dueAt: now, committeeNotified: false, returnCount: 0 },
      transfer: {
        pending: null,
        formerCommunityIds: [...transfer.formerCommunityIds.filter((id) => id !== transfer.pending?.to), communityId],
      },
    },
    data: whereTo(transfer.pending),
  }),
  "refuse-transfer": ({ transfer: { pending } }, input) => ({
    set: { transfer: { pending: null } },
    data: { ...whereTo(pending), reason: input.reason },
  }),
  follow: (request, _input, { actor, now }) => ({
    set: { party: { followers: [...request.party.followers, { id: actor.userId, at: now }] } },
    data: { followers: request.party.followers.length + 1 },
  }),
  unfollow: (request, _input, { actor }) => {
    const followers = request.party.followers.filter(({ id }) => !actor.ids.includes(id));
    return { set: { party: { followers } }, data: { followers: followers.length } };
  },
  "ask-extension": (request, input, { now }) => timeRequested("extension", input, request.clocks.resolveBy, now),
  "approve-extension": (request, _input, { now, service, office }) => {
    const until = granted(request, request.clocks.resolveBy, now);
    const clocks = extendedClocks(request.clocks, until, now, countingOf(service, office));
    const escalation = request.clocks.escalation?.clock === "resolve" ? null : request.clocks.escalation;
    return {
      set: { clocks: { ...clocks, escalation, timeRequest: null } },
      data: { until: until.toISOString(), from: request.clocks.resolveBy.toISOString() },
    };
  },
  "refuse-extension": (_request, input) => ({ set: { clocks: { timeRequest: null } }, data: { reason: input.reason } }),
  "ask-suspension": (_request, input, { now }) => timeRequested("suspension", input, now, now),
  "approve-suspension": (request, _input, { now }) => {
    const until = granted(request, now, now);
    return { set: { clocks: { suspendedUntil: until, timeRequest: null } }, data: { until: until.toISOString() } };
  },
  "refuse-suspension": (_request, input) => ({
    set: { clocks: { timeRequest: null } },
    data: { reason: input.reason },
  }),
  resume: () => ({ set: {}, data: {} }),
  remind: (request, input) => escalated(request, input, "reminded"),
  "mark-overdue": (request, input) => escalated(request, input, "overdue"),
  supervise: (request, input) => escalated(request, input, "supervised"),
  "close-unrated": (_request, _input, { now }) => ({ set: { clocks: { closedAt: now } }, data: {} }),
};
