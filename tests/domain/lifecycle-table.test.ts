import { describe, expect, it } from "vitest";
import { transitions } from "../../server/core/domain/requests/request-lifecycle.ts";
import { coreLifecycles } from "../../server/core/domain/lifecycles.ts";
import { statuses } from "../../server/core/domain/requests/request.ts";
import { printLifecycle } from "../../server/kernel/lifecycle-table.ts";

describe("the table", () => {
  it("has one row for each step, and its event is the step's own", () => {
    expect(new Set(transitions.map(({ action }) => action)).size).toBe(transitions.length);
    expect(new Set(transitions.map(({ event }) => event)).size).toBe(transitions.length);
  });

  it("leaves an end state only by a changed rating; callbacks are possible in all states", () => {
    const out = statuses.map((status) => transitions.filter(({ from }) => from.includes(status)).map((t) => t.action));
    const ends = Object.fromEntries(statuses.map((status, n) => [status, out[n]]));
    const calls = ["call-back", "callback-late", "end-callback"];
    expect(ends).toMatchObject({ closed: ["rate", ...calls], withdrawn: calls, rejected: calls });
  });

  it("is in docs/lifecycle.md, with those of the other lifecycles of the core (vitest -u writes it anew)", async () => {
    const lives = coreLifecycles.map(
      ({ of, lifecycle, notes }) => `## The life of ${of}\n\n${printLifecycle(lifecycle)}\n\n${notes}\n`,
    );
    await expect(`# Lifecycles

Printed from the tables in the code, with \`printLifecycle\`; a test keeps it so. A step is refused with the first code that fits: whether
the actor may take the step, then the state, then the conditions in their order. The lifecycles of
a module are on [its page](modules/).

${lives.join("\n")}`).toMatchFileSnapshot("../../docs/lifecycle.md");
  });
});
