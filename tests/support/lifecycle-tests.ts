import { expect, it } from "vitest";
import type { LifecycleTypes } from "../../server/kernel/lifecycle.ts";
import { type Cells, expectConditions, expectState } from "./lifecycle-cells.ts";

/** Declares the tests of a lifecycle: every cell of its table, and the table itself. */
export function lifecycleTests<L extends LifecycleTypes>(cells: Cells<L>): void {
  const { lifecycle } = cells;

  it("has one row for each action, and one event for each", () => {
    for (const key of ["action", "event"] as const)
      expect(new Set(lifecycle.transitions.map((transition) => transition[key])).size).toBe(
        lifecycle.transitions.length,
      );
  });

  it("comes to every state, from the first on", () => {
    const reached = lifecycle.transitions.flatMap(({ to }) => (typeof to === "string" ? [to] : Object.values(to)));
    for (const state of lifecycle.states.slice(1)) expect(reached).toContain(state);
  });

  it.each(lifecycle.states)("in the state %s lets every relation do exactly what the table says", (state) => {
    expectState(cells, state);
  });

  it("refuses with the condition's own code where one is not met", () => {
    expect(new Set(expectConditions(cells))).toEqual(new Set(Object.keys(lifecycle.conditions)));
  });
}
