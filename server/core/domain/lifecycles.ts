import type { DescribedLifecycle } from "../../kernel/lifecycle-table.ts";
import { openStatuses, requestLifecycle } from "./requests/request-lifecycle.ts";
import { leaveLifecycle } from "./roster/leave.ts";
import { swapLifecycle } from "./roster/roster-swap.ts";

/** The lifecycles of the core's aggregates, as printed in docs/lifecycle.md. */
export const coreLifecycles: readonly DescribedLifecycle[] = [
  {
    of: "a request (诉求)",
    lifecycle: requestLifecycle,
    notes: `Open: ${openStatuses.join(", ")}.

\`owner\`: the resident, also by an account that was merged. \`handler\`: who holds it, while a cadre of the community. \`dutyCadre\`: a
cadre of the community, on duty, who is not its owner. \`committee\`: a clerk of the community. \`filer\`: the family member who filed
it; \`deputy\`: with the resident's consent; \`rater\`: with consent to rate, too. \`system\`: nobody; a step that is due by itself.
\`offeree\`: the cadre to whom it is offered, on duty or on call. \`reviewer\`: a clerk of the community whose work was not rated.
\`neighbour\`: acting as a resident, on none of these sides; \`follower\`: a neighbour who follows it; \`receiver\`: a clerk, or a cadre on
duty, of the community to which it is to be transferred. \`worker\`: the handler, by any account of the same person. A transfer leaves
a second event, in that community's log (\`transfer.*\`).`,
  },
  {
    of: "a leave (请假)",
    lifecycle: leaveLifecycle,
    notes: `\`committee\`: a clerk of the community. \`cadre\`: whose leave it is. A leave that runs stays \`approved\` when it is cancelled: it ends now.`,
  },
  {
    of: "a swap of shifts (换班)",
    lifecycle: swapLifecycle,
    notes: `\`asker\`: the cadre who gives the shift away. \`asked\`: the cadre who is to take it. \`committee\`: a clerk of the community. A swap is
stored in the week of its shifts.`,
  },
];
