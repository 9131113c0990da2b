import type { DomainEvent } from "../../../kernel/event.ts";
import { type Actor, hasRole, isCadreOnDuty } from "../../../kernel/actor.ts";
import { isConsentedFiler, filerSubject, isFamilyFiler, isOnResidentsSide, isConsentedRater } from "./proxy-filing.ts";
import { callbackLateAt } from "./callback.ts";
import { type Transition as LifecycleTransition, defineLifecycle } from "../../../kernel/lifecycle.ts";
import { followersNamed, isFollower, isNeighbour } from "./follow.ts";
import type { Outcome } from "./request-outcome.ts";
import { type Request, type Status, statuses } from "./request.ts";
import { type RequestChange, withChanges } from "./request-change.ts";
import { conditions, stateConflict } from "./request-conditions.ts";
import { consequences } from "./request-consequences.ts";
import { type Effect, type StepContext, effects } from "./request-effects.ts";
import { hasReturnsLeft } from "./returns.ts";
import type { Action, Inputs, PersonAction } from "./request-inputs.ts";
import type { RequestEvents } from "./step-events.ts";

import { nextEscalation, shownDeadlines } from "./sla.ts";
import { mirrorEvent, mayReceive, transferable } from "./transfer.ts";

export type { Action, Inputs, PersonAction } from "./request-inputs.ts";

/**
 * A relation of an actor to a request. `dutyCadre`: a cadre of the community, on duty, who is not the resident.
 * `filer`: the family member who filed it; `deputy`: with the resident's consent; `rater`: with consent to rate, too.
 * `neighbour`: acting as a resident, with no other relation to it. `receiver`: staff of the community to which it is to
 * be transferred. `reviewer`: a clerk of the committee whose work was not rated. `worker`: the handler, by any account
 * of the same person, as happens after a merge of accounts.
 */
export type Relation =
  | "owner"
  | "handler"
  | "dutyCadre"
  | "committee"
  | "filer"
  | "deputy"
  | "rater"
  | "system"
  | "offeree"
  | "reviewer"
  | "neighbour"
  | "follower"
  | "receiver"
  | "worker";

interface RequestLifecycle {
  subject: Request;
  actor: Actor;
  state: Status;
  action: Action;
  relation: Relation;
  condition: keyof typeof conditions;
  outcome: Outcome;
  event: RequestEvents[Action];
  /**
   * `own-document`: the step is stored as a message document beside the request, so that messages do not conflict with
   * steps.
   */
  store: "request" | "own-document";
}

export type Transition = LifecycleTransition<RequestLifecycle>;

const held: readonly Status[] = ["claimed", "handling", "waiting", "suspended"];

type ClaimRefusal = NonNullable<Transition["refusals"]>[number];

const isCadreThere = (actor: Actor, { communityId }: Request): boolean => hasRole(actor, "cadre", communityId);

/** Refusals that tell a cadre of the community why a claim failed, and who claimed the request first. */
const claimRefusals: readonly ClaimRefusal[] = [
  {
    applies: ({ subject, actor }) => isCadreThere(actor, subject) && isOnResidentsSide(actor.ids, subject),
    refusal: "request.own",
  },
  {
    applies: ({ subject, actor }) =>
      isCadreThere(actor, subject) && held.includes(subject.status) && subject.handlerId !== actor.userId,
    refusal: "request.already_claimed",
    params: ({ handlerId, handlerName }) => ({ handlerId, handlerName }),
  },
  {
    applies: ({ subject, actor, allowed }) => isCadreThere(actor, subject) && !allowed,
    refusal: "duty.not_on_duty",
  },
];

/** A row of the table: a step with its event. */
type Row<A extends Action> = Transition & { action: A; event: RequestEvents[A] };

/**
 * Every step of a request, as data. The guard, the `abilities` in each reply, the table in docs/lifecycle.md and its
 * test use it. `claimed -> resolved` is allowed, since a small errand is often done at the first contact; it then
 * counts as that contact.
 */
export const transitions: readonly { [A in Action]: Row<A> }[Action][] = [
  { action: "claim", from: ["queued"], who: ["dutyCadre", "offeree"], when: ["returns left"], refusals: claimRefusals, to: "claimed", event: "request.claimed", stores: "request", does: "接单" },
  { action: "assign", from: ["queued", ...held], who: ["committee"], to: "claimed", event: "request.assigned", stores: "request", does: "派单" },
  { action: "release", from: held, who: ["handler"], when: ["returns left"], to: "queued", event: "request.released", stores: "request", does: "退单" },
  { action: "first-contact", from: ["claimed"], who: ["handler"], to: "handling", event: "request.contacted", stores: "request", does: "先行联系" },
  { action: "hand-over", from: ["handling", "waiting", "suspended"], who: ["handler"], to: "same", event: "request.handed_over", stores: "request", does: "交班" },
  { action: "note", from: held, who: ["handler", "committee"], to: "same", event: "request.noted", stores: "own-document", does: "办理记录" },
  { action: "internal-note", from: ["queued", ...held, "resolved"], who: ["handler", "committee"], to: "same", event: "request.internally_noted", stores: "own-document", does: "内部备注" },
  { action: "message", from: [...held, "resolved"], who: ["owner", "handler", "filer"], to: "same", event: "request.message_sent", stores: "own-document", does: "消息" },
  { action: "ask", from: ["claimed", "handling"], who: ["handler"], to: "waiting", event: "request.asked", stores: "request", does: "请居民补充" },
  { action: "answer", from: ["waiting"], who: ["owner", "deputy"], to: "handling", event: "request.answered", stores: "request", does: "居民答复" },
  { action: "resolve", from: ["claimed", "handling"], who: ["handler"], when: ["no task open"], to: "resolved", event: "request.resolved", stores: "request", does: "办结" },
  { action: "rate", from: ["resolved", "closed"], who: ["owner", "rater"], except: ["worker"], when: ["rating open"], to: { solved: "closed", partly: "closed", unsolved: "queued" }, event: "request.rated", stores: "request", does: "评价" },
  { action: "call-back", from: statuses, who: ["reviewer"], when: ["callback due"], to: "same", event: "request.called_back", stores: "request", does: "回访" },
  { action: "withdraw", from: ["queued", ...held], who: ["owner", "filer"], to: "withdrawn", event: "request.withdrawn", stores: "request", does: "撤回" },
  { action: "reject", from: ["queued", ...held], who: ["handler", "committee"], to: "rejected", event: "request.rejected", stores: "request", does: "不予受理" },
  { action: "consent", from: ["queued", ...held, "resolved"], who: ["owner", "handler"], when: ["consent asked"], to: "same", event: "request.consented", stores: "request", does: "记下老人是否同意代办" },
  { action: "revoke-consent", from: ["queued", ...held, "resolved"], who: ["owner"], when: ["consent given"], to: "same", event: "request.consent_revoked", stores: "request", does: "收回同意" },
  { action: "ask-transfer", from: transferable, who: ["handler", "committee"], when: ["no transfer"], to: "same", event: "request.transfer_asked", stores: "request", does: "申请转办" },
  { action: "recall-transfer", from: transferable, who: ["handler", "committee"], when: ["transfer asked"], to: "same", event: "request.transfer_recalled", stores: "request", does: "撤回转办" },
  { action: "accept-transfer", from: transferable, who: ["receiver"], when: ["transfer asked", "no task left behind"], to: "queued", event: "request.transferred", stores: "request", does: "同意接办" },
  { action: "refuse-transfer", from: transferable, who: ["receiver"], when: ["transfer asked"], to: "same", event: "request.transfer_refused", stores: "request", does: "不接办" },
  { action: "follow", from: ["queued", ...held], who: ["neighbour"], when: ["room to follow"], to: "same", event: "request.followed", stores: "request", does: "跟进" },
  { action: "unfollow", from: ["queued", ...held, "resolved"], who: ["follower"], to: "same", event: "request.unfollowed", stores: "request", does: "取消跟进" },
  { action: "ask-extension", from: ["claimed", "handling"], who: ["handler"], when: ["no time request"], to: "same", event: "request.extension_asked", stores: "request", does: "申请延期" },
  { action: "approve-extension", from: ["claimed", "handling"], who: ["committee"], when: ["extension asked"], to: "same", event: "request.extended", stores: "request", does: "同意延期" },
  { action: "refuse-extension", from: held, who: ["committee"], when: ["extension asked"], to: "same", event: "request.extension_refused", stores: "request", does: "不同意延期" },
  { action: "ask-suspension", from: ["handling"], who: ["handler"], when: ["no time request"], to: "same", event: "request.suspension_asked", stores: "request", does: "申请挂账" },
  { action: "approve-suspension", from: ["handling"], who: ["committee"], when: ["suspension asked"], to: "suspended", event: "request.suspended", stores: "request", does: "同意挂账" },
  { action: "refuse-suspension", from: held, who: ["committee"], when: ["suspension asked"], to: "same", event: "request.suspension_refused", stores: "request", does: "不同意挂账" },
  { action: "resume", from: ["suspended"], who: ["handler", "committee", "system"], to: "handling", event: "request.resumed", stores: "request", does: "恢复办理" },
  { action: "ask-organization", from: held, who: ["handler", "committee"], when: ["room for a task"], to: "same", event: "request.organization_asked", stores: "request", does: "请单位协办" },
  { action: "end-task", from: ["queued", ...held], who: ["system"], when: ["task open"], to: "same", event: "request.task_ended", stores: "request", does: "协办结束" },
  { action: "requeue", from: ["claimed"], who: ["system"], to: "queued", event: "request.requeued", stores: "request", does: "交班退回队列" },
  { action: "hand-back", from: held, who: ["system"], to: "queued", event: "request.handed_back", stores: "request", does: "干部离岗退回队列" },
  { action: "offer", from: ["queued"], who: ["system"], when: ["no offer"], to: "same", event: "request.offered", stores: "request", does: "自动派单" },
  { action: "decline", from: ["queued"], who: ["offeree"], when: ["offered"], to: "same", event: "request.declined", stores: "request", does: "婉拒" },
  { action: "expire-offer", from: ["queued"], who: ["system"], when: ["offered"], to: "same", event: "request.offer_expired", stores: "request", does: "派单未接" },
  { action: "call-committee", from: ["queued"], who: ["system"], when: ["no offer"], to: "same", event: "request.untaken", stores: "request", does: "无人接单" },
  { action: "remind", from: ["queued", "claimed", "handling"], who: ["system"], to: "same", event: "request.reminded", stores: "request", does: "催办" },
  { action: "mark-overdue", from: ["queued", "claimed", "handling"], who: ["system"], to: "same", event: "request.overdue", stores: "request", does: "超时" },
  { action: "supervise", from: ["queued", "claimed", "handling"], who: ["system"], to: "same", event: "request.supervised", stores: "request", does: "督办" },
  { action: "callback-late", from: statuses, who: ["system"], when: ["callback due"], to: "same", event: "request.callback_late", stores: "request", does: "回访超时" },
  { action: "end-callback", from: statuses, who: ["system"], when: ["callback due"], to: "same", event: "request.callback_ended", stores: "request", does: "免去回访" },
  { action: "close-unrated", from: ["resolved"], who: ["system"], to: "closed", event: "request.closed_unrated", stores: "request", does: "无评价关闭" },
]; // prettier-ignore

/** States in which staff still have work to do for the resident. */
export const openStatuses: readonly Status[] = ["queued", ...held];

/** Events that end a request without a result, even while organizations work on it. */
export const abandoningEvents: readonly string[] = transitions
  .filter(({ to }) => to === "withdrawn" || to === "rejected")
  .map(({ event }) => event);

/** Whether the request waits for the committee to name a lead, after the maximal number of returns. */
export const awaitsLeadUnit = (request: Request): boolean => request.status === "queued" && !hasReturnsLeft(request);

/** Whether the request is offered to the actor, on duty or as backup, and the actor is not on the resident's side. */
const isOfferee = (actor: Actor, request: Request, now: Date): boolean =>
  request.dispatch.offer?.cadreId === actor.userId &&
  request.dispatch.offer.expiresAt > now &&
  hasRole(actor, "cadre", request.communityId) &&
  !isOnResidentsSide(actor.ids, request);

const relations: { readonly [R in Relation]: (actor: Actor, request: Request, now: Date) => boolean } = {
  owner: (actor, request) => actor.ids.includes(request.residentId),
  handler: (actor, request) => request.handlerId === actor.userId && hasRole(actor, "cadre", request.communityId),
  dutyCadre: (actor, request, now) =>
    isCadreOnDuty(actor, request.communityId, now) && !isOnResidentsSide(actor.ids, request),
  committee: (actor, request) => hasRole(actor, "committee", request.communityId),
  filer: isFamilyFiler,
  deputy: isConsentedFiler,
  rater: isConsentedRater,
  receiver: mayReceive,
  follower: isFollower,
  neighbour: isNeighbour,
  offeree: isOfferee,
  reviewer: (actor, request) =>
    hasRole(actor, "committee", request.communityId) && request.outcome.callback?.excludedUserId !== actor.userId,
  worker: (actor, request) => request.handlerId !== null && actor.ids.includes(request.handlerId),
  system: (actor) => actor.role === "system",
};

/** Relations in which the actor acts as a resident, whatever role is in use. */
const residentRelations: readonly Relation[] = ["owner", "filer", "deputy", "rater", "follower"];

/** The lifecycle of a request. */
export const requestLifecycle = defineLifecycle<RequestLifecycle>({
  states: statuses,
  stateOf: ({ status }) => status,
  relations,
  conditions,
  notAllowed: { refusal: "request.not_allowed", params: (_request, action) => ({ action }) },
  stateConflict,
  transitions,
});

/** The steps that the actor may take now, in the order of the table. Front ends draw their buttons from them. */
export const abilities = (request: Request, actor: Actor, now: Date): PersonAction[] =>
  requestLifecycle.abilities(request, actor, now) as PersonAction[];

/**
 * Throws unless the actor may take the step: `request.not_allowed` (the actor has no relation for it),
 * `request.state_conflict` (not in this state), `request.returns_used` (the committee names a lead),
 * `request.tasks_open` (an organization still works on it), and for a claim `request.already_claimed` with `handlerId`,
 * `request.own`, `duty.not_on_duty`.
 */
export const { guard } = requestLifecycle;

/** A decided step: the fields to set, and its event. */
export interface Decision<A extends Action = Action> {
  set: RequestChange;
  event: DomainEvent<RequestEvents[A]>;
  /** The mirror event for the other community's log of a transfer, with the next version; null for other steps. */
  mirror: DomainEvent | null;
}

/**
 * Decides one step: its changes and its event. Throws as {@link guard} does. The caller saves both in one conditional
 * write on `version`.
 */
export function decide<A extends Action>(
  request: Request,
  action: A,
  input: Inputs[A],
  context: StepContext,
): Decision<A> {
  const transition = guard(request, action, context.actor, context.now);
  const effect: Effect<A> = effects[action];
  const { set, data: told } = effect(request, input, context);
  const data = told as Readonly<Record<string, unknown>>;
  const status = requestLifecycle.nextState(request, transition, "outcome" in input ? input.outcome : undefined);
  const whole = consequences(request, set, status, context);
  const after = withChanges(request, whole);
  // The type of the data follows from the action, which the generic transition does not express. Hence the cast.
  const event = {
    version: request.version + 1,
    type: transition.event,
    at: context.now,
    communityId: request.communityId,
    requestId: request.id,
    requestNo: request.no,
    serviceCode: request.serviceCode,
    about: { kind: "request", id: request.id, no: request.no },
    actor: { id: context.actor.userId, role: roleIn(transition, request, context), name: context.actor.name },
    subjects: {
      residentId: request.residentId,
      handlerId: after.handlerId,
      previousHandlerId: request.handlerId,
      ...filerSubject(after),
      ...followersNamed(transition.event, after.party.followers, context.actor),
      ...(typeof data["cadreId"] === "string" ? { cadreIds: [data["cadreId"]] } : {}),
      ...(action === "ask-organization" ? { organization: String(data["organization"]) } : {}),
    },
    data: { ...data, status, ...shownDeadlines(after) },
  } as DomainEvent;
  return { set: whole, event: event as DomainEvent<RequestEvents[A]>, mirror: mirrorEvent(request, after, event) };
}

/**
 * The role under which the event records the actor. A cadre who acts as owner or family member does so as a resident.
 */
function roleIn(transition: Transition, request: Request, { actor, now }: StepContext): string {
  const relation = transition.who.find((each) => relations[each](actor, request, now));
  return relation && residentRelations.includes(relation) ? "resident" : actor.role;
}

/**
 * Whether this actor has taken the step already, so that a repeated call is answered and not refused: a follower's
 * second follow, the handler's second claim.
 */
export const alreadyTaken = (request: Request, action: Action, actor: Actor): boolean =>
  (action === "follow" && isFollower(actor, request)) ||
  (action === "claim" && held.includes(request.status) && request.handlerId === actor.userId);

/**
 * The step that the system has to take at `now`, or null: an escalation, the end of a suspension, the end of the time
 * to rate, or the report of a late callback.
 */
export function dueStep(
  request: Request,
  now: Date,
):
  | { action: "remind" | "mark-overdue" | "supervise"; input: Inputs["remind"] }
  | { action: "resume" | "close-unrated" | "callback-late"; input: Inputs["resume"] }
  | null {
  if (!request.clocks.dueAt || request.clocks.dueAt > now) return null;
  const late = callbackLateAt(request);
  if (late && late <= now) return { action: "callback-late", input: {} };
  if (request.clocks.suspendedUntil) return { action: "resume", input: {} };
  if (request.status === "resolved") return { action: "close-unrated", input: {} };
  const next = nextEscalation(request.clocks.escalations, request.clocks.firstContactAt !== null);
  if (!next) return null;
  const { clock, stage } = next;
  return { action: steps[stage], input: { clock, stage } };
}

/** The step for each stage of escalation. */
const steps = { half: "remind", most: "remind", overdue: "mark-overdue", supervised: "supervise" } as const;
