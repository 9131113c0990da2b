import type { Actor } from "./actor.ts";
import type { Service } from "./community.ts";
import { queueKey } from "./queue-order.ts";
import type { Consent, Request } from "./request.ts";
import type { Action, Inputs } from "./request-inputs.ts";
import { returnsLeft } from "./returns.ts";
import { deadlines, resumed } from "./sla.ts";

/** Who takes a step, when, and of which service. */
export interface StepContext {
  actor: Actor;
  now: Date;
  service: Service;
}

/** What a step changes, and what its event tells. */
export type Effect<A extends Action> = (
  request: Request,
  input: Inputs[A],
  context: StepContext,
) => { set: Partial<Request>; data: Record<string, unknown> };

/** A claim that the request has not had yet: what every new holder starts with. */
const heldBy = (handlerId: string, handlerName: string, now: Date): Partial<Request> => ({
  handlerId,
  handlerName,
  claimedAt: now,
  firstContactAt: null,
  waitingSince: null,
  question: null,
});

/** Nobody holds it: it is for the queue again. */
const unheld: Partial<Request> = { handlerId: null, handlerName: null, claimedAt: null, firstContactAt: null };

const contacted = (request: Request, now: Date): Partial<Request> =>
  request.firstContactAt ? {} : { firstContactAt: now };

/** The clock, if it waits, runs on: needed by every step that leaves `waiting`. */
const running = (request: Request, now: Date): Partial<Request> =>
  request.waitingSince ? { ...resumed(request, now), waitingSince: null, question: null } : {};

/** The resident's word on whether the family member who filed it may act for them. */
const consented = ({ filedBy }: Request, consent: Consent): Partial<Request> =>
  filedBy ? { filedBy: { ...filedBy, consent } } : {};

/** What each step of the transition table does: the state after it is the table's business, everything else is here. */
export const effects: { [A in Action]: Effect<A> } = {
  claim: (_request, _input, { actor, now }) => ({ set: heldBy(actor.userId, actor.name, now), data: {} }),
  assign: (request, input, { now }) => ({
    set: { ...running(request, now), ...heldBy(input.cadreId, input.cadreName, now) },
    data: {
      cadreId: input.cadreId,
      cadreName: input.cadreName,
      ...(returnsLeft(request) ? {} : { lead: true }),
    },
  }),
  release: (request, input, { now }) => ({
    set: { ...running(request, now), ...unheld, returnCount: request.returnCount + 1 },
    data: { code: input.code, reason: input.reason, returns: request.returnCount + 1 },
  }),
  "first-contact": (_request, input, { now }) => ({ set: { firstContactAt: now }, data: { note: input.note } }),
  note: (_request, input) => ({ set: {}, data: { messageId: input.messageId, text: input.text } }),
  message: (_request, input) => ({ set: {}, data: { messageId: input.messageId, files: input.fileIds.length } }),
  ask: (request, input, { now }) => ({
    set: { ...contacted(request, now), waitingSince: now, question: { text: input.text, askedAt: now } },
    data: { text: input.text },
  }),
  answer: (request, input, { now }) => ({ set: running(request, now), data: { text: input.text } }),
  resolve: (request, input, { now }) => ({
    set: {
      ...contacted(request, now),
      resolvedAt: now,
      result: { text: input.result, fileIds: input.fileIds },
    },
    data: { result: input.result, files: input.fileIds.length },
  }),
  rate: (request, input, { now, service }) => {
    const rating = { ...input, at: now };
    if (input.outcome !== "unsolved") return { set: { rating, closedAt: now }, data: { ...input } };
    return {
      set: {
        rating,
        ...deadlines(now, service, true),
        queueKey: queueKey(now, "urgent", service),
        ...unheld,
        resolvedAt: null,
        reworkCount: request.reworkCount + 1,
      },
      data: { ...input, rework: request.reworkCount + 1 },
    };
  },
  withdraw: (_request, input, { now }) => ({
    set: { closedAt: now, waitingSince: null, question: null, closingReason: input.reason },
    data: { reason: input.reason },
  }),
  reject: (_request, input, { now }) => ({
    set: { closedAt: now, waitingSince: null, question: null, closingReason: input.reason },
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
};
