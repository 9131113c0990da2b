import { describe, expect, it } from "vitest";
import { openStatuses, requestLifecycle, transitions } from "../../server/core/domain/requests/request-lifecycle.ts";
import { complaintLifecycle } from "../../server/modules/complaints/domain/complaint.ts";
import { leaveLifecycle } from "../../server/core/domain/roster/leave.ts";
import { swapLifecycle } from "../../server/core/domain/roster/roster-swap.ts";
import { statuses } from "../../server/core/domain/requests/request.ts";
import { printLifecycle } from "../../server/kernel/lifecycle-table.ts";

describe("the table", () => {
  it("has one row for each step, and its event is the step's own", () => {
    expect(new Set(transitions.map(({ action }) => action)).size).toBe(transitions.length);
    expect(new Set(transitions.map(({ event }) => event)).size).toBe(transitions.length);
  });

  it("lets nothing out of an end, but a rating that is changed; a callback is due whatever became of it", () => {
    const out = statuses.map((status) => transitions.filter(({ from }) => from.includes(status)).map((t) => t.action));
    const ends = Object.fromEntries(statuses.map((status, n) => [status, out[n]]));
    const calls = ["call-back", "callback-late", "end-callback"];
    expect(ends).toMatchObject({ closed: ["rate", ...calls], withdrawn: calls, rejected: calls });
  });

  it("is in docs/lifecycle.md, with those of the other lifecycles (vitest -u writes it anew)", async () => {
    await expect(`# Lifecycles

Printed from the tables in the code, with \`printLifecycle\`; a test keeps it so. A step is refused with the first code that fits: whether
the actor may take the step, then the state, then the conditions in their order. The table of a part of a request that an organization
does (协办任务) is in [co-handling.md](co-handling.md).

## The life of a request (诉求)

Open: ${openStatuses.join(", ")}.

${printLifecycle(requestLifecycle)}

\`owner\`: the resident, also by an account that was merged. \`handler\`: who holds it, while a cadre of the community. \`dutyCadre\`: a
cadre of the community, on duty, who is not its owner. \`committee\`: a clerk of the community. \`filer\`: the family member who filed
it; \`deputy\`: with the resident's consent; \`rater\`: with consent to rate, too. \`system\`: nobody; a step that is due by itself.
\`offeree\`: the cadre to whom it is offered, on duty or on call. \`reviewer\`: a clerk of the community whose work was not rated.
\`neighbour\`: acting as a resident, on none of these sides; \`follower\`: a neighbour who follows it; \`receiver\`: a clerk, or a cadre on
duty, of the community to which it is to be transferred. \`worker\`: the handler, by any account of the same person. A transfer leaves
a second event, in that community's log (\`transfer.*\`).

## The life of a leave (请假)

${printLifecycle(leaveLifecycle)}

\`committee\`: a clerk of the community. \`cadre\`: whose leave it is. A leave that runs stays \`approved\` when it is cancelled: it ends now.

## The life of a swap of shifts (换班)

${printLifecycle(swapLifecycle)}

\`asker\`: the cadre who gives the shift away. \`asked\`: the cadre who is to take it. \`committee\`: a clerk of the community. A swap is
stored in the week of its shifts.

## The life of a complaint (投诉)

${printLifecycle(complaintLifecycle)}

\`committee\`: a clerk of the community. \`complainant\`: who filed it, by any account of the same person.
`).toMatchFileSnapshot("../../docs/lifecycle.md");
  });
});
