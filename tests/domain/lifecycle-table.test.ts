import { describe, expect, it } from "vitest";
import { openStatuses, transitions } from "../../server/core/domain/requests/request-lifecycle.ts";
import { statuses } from "../../server/core/domain/requests/request.ts";

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

  it("is docs/lifecycle.md (vitest -u writes it anew)", async () => {
    const to = (t: (typeof transitions)[number]): string =>
      t.to === "same"
        ? "—"
        : typeof t.to === "string"
          ? t.to
          : Object.entries(t.to)
              .map((way) => way.join(": "))
              .join("; ");
    const lines = transitions.map((t) =>
      [
        t.action,
        t.does,
        [t.from.join(", "), ...(t.when ? [`when ${t.when}`] : [])].join("; "),
        t.who.join(", "),
        to(t),
        t.event,
        t.stores,
      ].join(" | "),
    );
    await expect(`# The life of a request

Printed from the transition table, \`server/core/domain/requests/request-lifecycle.ts\`; a test keeps it so. Open: ${openStatuses.join(", ")}.

| step | | from | who may | to | event | stored in |
|---|---|---|---|---|---|---|
${lines.map((line) => `| ${line} |`).join("\n")}

\`owner\`: the resident, also by an account that was merged. \`handler\`: who holds it, while a cadre of the community. \`dutyCadre\`: a
cadre of the community, on duty, who is not its owner. \`committee\`: a clerk of the community. \`filer\`: the family member who filed it; \`deputy\`: with the resident's
consent; \`rater\`: with consent to rate, too. \`system\`: nobody; a step that is due by itself. \`offeree\`: the cadre
to whom it is offered, on duty or on call. \`neighbour\`: acting as a resident, on none of these sides; \`follower\`: a neighbour who follows it;
\`receiver\`: a clerk, or a cadre on duty, of the community to which it is to be transferred. A transfer leaves a second event, in that community's log (\`transfer.*\`).
`).toMatchFileSnapshot("../../docs/lifecycle.md");
  });
});
