import type { LifecycleDefinition, LifecycleTypes, Refusal, Transition } from "./lifecycle.ts";

const row = (...cells: string[]): string => `| ${cells.join(" | ")} |`;

const code = ({ refusal }: Pick<Refusal<never>, "refusal">): string => `\`${refusal}\``;

const destination = ({ to }: Pick<Transition<LifecycleTypes>, "to">): string => {
  if (typeof to === "string") return to === "same" ? "—" : to;
  return Object.entries(to)
    .map((byOutcome) => byOutcome.join(": "))
    .join("; ");
};

/** Each code that the lifecycle refuses with and what it says, in the order in which they are checked. */
function refusalRows<L extends LifecycleTypes>(lifecycle: LifecycleDefinition<L>): string[] {
  const { conditions, notAllowed, stateConflict } = lifecycle;
  const names = Object.keys(conditions) as L["condition"][];
  const causes = [
    { code: code(notAllowed), cause: "the actor may not take the step" },
    { code: code(stateConflict), cause: "the state is not one of those under “from”" },
    ...[...Map.groupBy(names, (name) => code(conditions[name]))].map(([refusal, unmet]) => ({
      code: refusal,
      cause: `condition not met: ${unmet.join(", ")}`,
    })),
  ];
  return [...Map.groupBy(causes, (each) => each.code)].map(([refusal, because]) =>
    row(refusal, because.map(({ cause }) => cause).join("; ")),
  );
}

/** A lifecycle as Markdown: its transitions, the codes of its refusals, and which transitions check for others first. */
export function printLifecycle<L extends LifecycleTypes>(lifecycle: LifecycleDefinition<L>): string {
  const { transitions } = lifecycle;
  const steps = transitions.map((t) =>
    row(
      t.action,
      t.does,
      [t.from.join(", "), ...(t.when ? [`when ${t.when.join(", ")}`] : [])].join("; "),
      [t.who.join(", "), ...(t.except ? [`but not ${t.except.join(", ")}`] : [])].join("; "),
      destination(t),
      t.event,
      t.stores,
    ),
  );
  const first = transitions.flatMap(({ action, refusals }) =>
    refusals ? ["", `\`${action}\` is first checked for, in this order: ${refusals.map(code).join(", ")}.`] : [],
  );
  return [
    row("step", "in Chinese", "from", "who may", "to", "event", "stored in"),
    "|---|---|---|---|---|---|---|",
    ...steps,
    "",
    row("refusal", "because"),
    "|---|---|",
    ...refusalRows(lifecycle),
    ...first,
  ].join("\n");
}
