import { type ErrorCode, refuse } from "./errors.ts";
import type { EventType } from "./event.ts";

/** The type parameters of a lifecycle. A feature declares them once and passes them to {@link defineLifecycle}. */
export interface LifecycleTypes {
  /** The aggregate, with other data that its relations and conditions need. */
  subject: unknown;
  actor: unknown;
  state: string;
  action: string;
  relation: string;
  condition: string;
  /** The outcomes that a step's input may name; `never` where no state depends on one. */
  outcome: string;
  /** The event types of its steps. */
  event: EventType;
  /** The documents in which a step can be stored. */
  store: string;
}

/** A refusal of a step: the code, and the parameters of its sentence. The parameters must not have personal data. */
export interface Refusal<Subject> {
  refusal: ErrorCode;
  params?(subject: Subject, action: string): Readonly<Record<string, unknown>>;
}

/** A condition of a transition besides the state. Where it does not hold, the step is refused with `refusal`. */
export interface Condition<Subject> extends Refusal<Subject> {
  holds(subject: Subject, now: Date): boolean;
}

/** An attempt to take a step. `allowed`: the actor has a relation that the transition requires. */
export interface Attempt<Subject, Actor> {
  subject: Subject;
  actor: Actor;
  now: Date;
  allowed: boolean;
}

/** A refusal that is more specific than `notAllowed` and `stateConflict`, for the attempts to which it applies. */
export interface SpecificRefusal<Subject, Actor> extends Refusal<Subject> {
  applies(attempt: Attempt<Subject, Actor>): boolean;
}

/** The state after a step by its outcome. */
type ByOutcome<L extends LifecycleTypes> = [L["outcome"]] extends [never]
  ? never
  : { readonly [O in L["outcome"]]: L["state"] };

/** One row of a lifecycle's table. */
export interface Transition<L extends LifecycleTypes> {
  action: L["action"];
  from: readonly L["state"][];
  /** Any of these relations allows the step. */
  who: readonly L["relation"][];
  /** Any of these relations forbids the step, even if a relation in `who` allows it. */
  except?: readonly L["relation"][];
  /** All of these conditions must hold. The first unmet one refuses the step. */
  when?: readonly L["condition"][];
  /** Checked in this order, before everything else. */
  refusals?: readonly SpecificRefusal<L["subject"], L["actor"]>[];
  /** The state after the step. `same` leaves it as it is. A record gives it by the outcome. */
  to: L["state"] | "same" | ByOutcome<L>;
  event: L["event"];
  stores: L["store"];
  /** The step in Chinese, for the printed table. */
  does: string;
}

/** The definition of a lifecycle by its feature. */
export interface LifecycleDefinition<L extends LifecycleTypes> {
  states: readonly L["state"][];
  stateOf(subject: L["subject"]): L["state"];
  relations: { readonly [R in L["relation"]]: (actor: L["actor"], subject: L["subject"], now: Date) => boolean };
  conditions: { readonly [C in L["condition"]]: Condition<L["subject"]> };
  /** The refusal of an actor who has none of the relations that allow the step. */
  notAllowed: Refusal<L["subject"]>;
  /** The refusal in a state from which the step cannot be taken. */
  stateConflict: Refusal<L["subject"]>;
  transitions: readonly Transition<L>[];
}

/** A lifecycle with functions that answer what an actor may do, and what a step leads to. */
export interface Lifecycle<L extends LifecycleTypes> extends LifecycleDefinition<L> {
  hasRelation(relation: L["relation"], actor: L["actor"], subject: L["subject"], now: Date): boolean;
  /** The steps that the actor may take now, in the order of the table. Front ends draw their buttons from them. */
  abilities(subject: L["subject"], actor: L["actor"], now: Date): L["action"][];
  /**
   * Returns the transition that the actor may take. Otherwise throws the first refusal of: the transition's own
   * `refusals`, `notAllowed`, `stateConflict`, the conditions in their order.
   */
  guard(subject: L["subject"], action: L["action"], actor: L["actor"], now: Date): Transition<L>;
  /** The state after a transition. */
  nextState(subject: L["subject"], transition: Transition<L>, outcome?: L["outcome"]): L["state"];
}

/** Creates a lifecycle from its table. It reads no clock: `now` is passed in. */
export function defineLifecycle<L extends LifecycleTypes>(definition: LifecycleDefinition<L>): Lifecycle<L> {
  type Subject = L["subject"];
  type Actor = L["actor"];
  const { states, stateOf, relations, conditions, notAllowed, stateConflict, transitions } = definition;
  // Abilities are computed for every row of a list, so relations and conditions are looked up only once.
  const rows = transitions.map((transition) => ({
    transition,
    who: transition.who.map((name) => relations[name]),
    except: (transition.except ?? []).map((name) => relations[name]),
    when: (transition.when ?? []).map((name) => conditions[name]),
  }));
  type Row = (typeof rows)[number];
  const byAction = new Map(rows.map((row) => [row.transition.action, row]));
  const byState = new Map(states.map((state) => [state, rows.filter(({ transition: t }) => t.from.includes(state))]));

  const isAllowed = ({ who, except }: Row, actor: Actor, subject: Subject, now: Date): boolean =>
    who.some((has) => has(actor, subject, now)) && !except.some((has) => has(actor, subject, now));

  const unmet = ({ when }: Row, subject: Subject, now: Date): Condition<Subject> | undefined =>
    when.find((condition) => !condition.holds(subject, now));

  return {
    ...definition,
    hasRelation: (relation, actor, subject, now) => relations[relation](actor, subject, now),
    abilities: (subject, actor, now) =>
      (byState.get(stateOf(subject)) ?? [])
        .filter((row) => !unmet(row, subject, now) && isAllowed(row, actor, subject, now))
        .map(({ transition }) => transition.action),
    guard(subject, action, actor, now) {
      const row = byAction.get(action);
      if (!row) throw new Error(`no transition for ${action}`);
      const { transition } = row;
      const attempt = { subject, actor, now, allowed: isAllowed(row, actor, subject, now) };
      const specific = transition.refusals?.find((each) => each.applies(attempt));
      if (specific) throwRefusal(specific, subject, action);
      if (!attempt.allowed) throwRefusal(notAllowed, subject, action);
      if (!transition.from.includes(stateOf(subject))) throwRefusal(stateConflict, subject, action);
      const condition = unmet(row, subject, now);
      if (condition) throwRefusal(condition, subject, action);
      return transition;
    },
    nextState(subject, { action, to }, outcome) {
      if (to === "same") return stateOf(subject);
      if (typeof to === "string") return to;
      if (outcome === undefined) throw new Error(`the state after ${action} depends on an outcome`);
      return to[outcome];
    },
  };
}

function throwRefusal<Subject>({ refusal, params }: Refusal<Subject>, subject: Subject, action: string): never {
  refuse(refusal, params?.(subject, action));
}
