import { expect } from "vitest";
import { DomainError } from "../../server/kernel/errors.ts";
import type { Lifecycle, LifecycleTypes, Transition } from "../../server/kernel/lifecycle.ts";

/** The data to test every cell of a lifecycle's table. */
export interface Cells<L extends LifecycleTypes> {
  lifecycle: Lifecycle<L>;
  /** An actor for each relation to the subjects. */
  actors: { readonly [R in L["relation"]]: L["actor"] };
  /** Creates a subject in the state that meets the conditions. */
  subject(state: L["state"], conditions: readonly L["condition"][]): L["subject"];
  /** Changes a subject so that it does not meet the condition. */
  unmet: { readonly [C in L["condition"]]: (subject: L["subject"]) => L["subject"] };
  now: Date;
}

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return "taken";
};

/** The result of an attempt according to the table, computed independently of the lifecycle's code. */
function saidByTable<L extends LifecycleTypes>(
  { lifecycle, now }: Cells<L>,
  transition: Transition<L>,
  subject: L["subject"],
  actor: L["actor"],
): string {
  const has = (relation: L["relation"]): boolean => lifecycle.relations[relation](actor, subject, now);
  const allowed = transition.who.some(has) && !(transition.except ?? []).some(has);
  for (const { applies, refusal } of transition.refusals ?? [])
    if (applies({ subject, actor, now, allowed })) return refusal;
  if (!allowed) return lifecycle.notAllowed.refusal;
  if (!transition.from.includes(lifecycle.stateOf(subject))) return lifecycle.stateConflict.refusal;
  for (const name of transition.when ?? []) {
    const { holds, refusal } = lifecycle.conditions[name];
    if (!holds(subject, now)) return refusal;
  }
  return "taken";
}

/** Tries one cell against the guard and the abilities. Returns the refusal's code, or `taken`. */
function tryCell<L extends LifecycleTypes>(
  cells: Cells<L>,
  transition: Transition<L>,
  subject: L["subject"],
  relation: L["relation"],
): string {
  const { lifecycle, actors, now } = cells;
  const { action } = transition;
  const actor = actors[relation];
  const cell = `${lifecycle.stateOf(subject)}, ${action}, ${relation}`;
  const said = saidByTable(cells, transition, subject, actor);
  const code = codeOf(() => lifecycle.guard(subject, action, actor, now));
  expect(code, cell).toBe(said);
  expect(lifecycle.abilities(subject, actor, now).includes(action), cell).toBe(said === "taken");
  return code;
}

/** Tries every action by every relation in a state, with all conditions met. */
export function expectState<L extends LifecycleTypes>(cells: Cells<L>, state: L["state"]): void {
  const { lifecycle, actors, subject: subjectIn } = cells;
  for (const transition of lifecycle.transitions) {
    const subject = subjectIn(state, transition.when ?? []);
    expect(lifecycle.stateOf(subject)).toBe(state);
    for (const relation of Object.keys(actors) as L["relation"][]) {
      const code = tryCell(cells, transition, subject, relation);
      const named = transition.who.includes(relation) && transition.from.includes(state);
      if (named) expect(code, `${state}, ${transition.action}, ${relation}`).toBe("taken");
    }
  }
}

/** Tries every action by every relation with each condition unmet. Returns the tried conditions. */
export function expectConditions<L extends LifecycleTypes>(cells: Cells<L>): L["condition"][] {
  const { lifecycle, actors, subject: subjectIn, unmet, now } = cells;
  return lifecycle.transitions.flatMap((transition) =>
    (transition.when ?? []).map((condition) => {
      for (const state of transition.from) {
        const subject = unmet[condition](subjectIn(state, transition.when ?? []));
        expect(lifecycle.conditions[condition].holds(subject, now), `${transition.action}, ${condition}`).toBe(false);
        const codes = (Object.keys(actors) as L["relation"][]).map((relation) =>
          tryCell(cells, transition, subject, relation),
        );
        expect(codes, `${transition.action}, ${condition}`).not.toContain("taken");
      }
      return condition;
    }),
  );
}
