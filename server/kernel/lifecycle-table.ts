import type { LifecycleDefinition, LifecycleTypes, Refusal, Transition } from "./lifecycle.ts";

const row = (...cells: string[]): string => `| ${cells.join(" | ")} |`;

const code = ({ refusal }: Pick<Refusal<never>, "refusal">): string => `\`${refusal}\``;

const destination = ({ to }: Pick<Transition<LifecycleTypes>, "to">): string => {
  if (typeof to === "string") return to === "same" ? "—" : to;
  return Object.entries(to)
    .map((byOutcome) => byOutcome.join(": "))
    .join("; ");
};

/** The refusal codes of a lifecycle with their causes, in the order in which they are checked. */
function refusalRows({ conditions, notAllowed, stateConflict }: AnyLifecycle): string[] {
  const causes = [
    { code: code(notAllowed), cause: "the actor may not take the step" },
    { code: code(stateConflict), cause: "the state is not one of those under “from”" },
    ...[...Map.groupBy(Object.entries(conditions), ([, each]) => code(each))].map(([refusal, unmet]) => ({
      code: refusal,
      cause: `condition not met: ${unmet.map(([name]) => name).join(", ")}`,
    })),
  ];
  return [...Map.groupBy(causes, (each) => each.code)].map(([refusal, because]) =>
    row(refusal, because.map(({ cause }) => cause).join("; ")),
  );
}

/** A lifecycle of any aggregate, for printing and for tests of its table. */
export type AnyLifecycle = LifecycleDefinition<LifecycleTypes & { subject: never; actor: never }>;

/** A lifecycle with the texts that docs/lifecycle.md prints. */
export interface DescribedLifecycle {
  /** The aggregate, in English and Chinese: `a leave (请假)`. */
  of: string;
  lifecycle: AnyLifecycle;
  /** The meaning of its relations and further remarks, in Markdown. */
  notes: string;
}

/** A lifecycle as Markdown: its transitions, its refusal codes, and the specific refusals of transitions. */
export function printLifecycle(lifecycle: AnyLifecycle): string {
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
