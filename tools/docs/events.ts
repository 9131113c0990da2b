import type { EventDeclaration } from "../../contract/events.ts";

const code = (values: readonly string[]): string => values.map((value) => `\`${value}\``).join(" ");

function whoElse({ audience = {} }: EventDeclaration): string {
  const { staff, ...readers } = audience;
  const named = Object.entries(readers).map(([reader, fields]) => `${reader}: ${code(fields) || "that it happened"}`);
  const narrowed = Object.entries(staff ?? {}).map(([what, roles]) => `staff who ${what}: ${roles.join(", ")}`);
  return [...named, ...narrowed].join("; ") || "—";
}

const fieldsOf = ({ data }: EventDeclaration): string =>
  code(Object.entries(data.shape).map(([name, type]) => (type.safeParse(undefined).success ? `${name}?` : name))) ||
  "—";

function told({ notice, messages = [] }: EventDeclaration): string {
  const outside = messages.map(({ to, channel }) => `${to} (${channel})`);
  return [...(notice?.to ?? []), ...(notice?.offices ?? []), ...outside].join(", ") || "—";
}

/** The table of declared events: data, audience, and who is notified. */
export const eventTable = (events: Readonly<Record<string, EventDeclaration>>): string =>
  [
    "| event | | about | data | besides the staff | told |",
    "|---|---|---|---|---|---|",
    ...Object.entries(events).map(
      ([type, each]) =>
        `| \`${type}\` | ${each.label} | ${[each.about].flat().join(", ")} | ${fieldsOf(each)} | ${whoElse(each)} | ${told(each)} |`,
    ),
  ].join("\n");
