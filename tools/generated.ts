import { type EventDeclaration, declarations } from "../contract/events.ts";

/** Files that are printed from the event catalogue, for readers that do not load it: the fronts, and people. */

const all = Object.entries(declarations);

const grouped = <Key extends string>(entries: readonly (readonly [key: Key, type: string])[]): [Key, string[]][] =>
  [...Map.groupBy(entries, ([key]) => key)].map(([key, group]) => [key, group.map(([, type]) => type)]);

const texts = (values: readonly string[]): string => `[${values.map((value) => JSON.stringify(value)).join(", ")}]`;

function frontCatalogue(): string {
  const labels = all.map(([type, { label }]) => `  ${JSON.stringify(type)}: ${JSON.stringify(label)},`);
  const places = grouped(all.flatMap(([type, { notice, landing }]) => (notice ? [[`${landing ?? null}`, type]] : [])));
  const stale = grouped(all.map(([type, each]) => [texts(each.stale), type]));
  return `// Printed from contract/events.ts by \`npm run generate\`; a test keeps it so.
import type { EventType, Landing } from "../contract/events.ts";

/** What each type of event is called, for a column or a choice. */
export const labels = {
${labels.join("\n")}
} as const satisfies Record<EventType, string>;

/** Where notices lead, and of which types. */
export const landings: readonly (readonly [landing: Landing | null, types: readonly EventType[]])[] = [
${places.map(([landing, types]) => `  [${landing === "null" ? landing : JSON.stringify(landing)}, ${texts(types)}],`).join("\n")}
];

/** Queries whose answers events of these types may have changed. */
export const stale: readonly (readonly [queries: readonly string[], types: readonly EventType[]])[] = [
${stale.map(([queries, types]) => `  [${queries}, ${texts(types)}],`).join("\n")}
];
`;
}

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

function eventDocs(): string {
  const rows = all.map(([type, each]) =>
    [`\`${type}\``, each.label, [each.about].flat().join(", "), fieldsOf(each), whoElse(each), told(each)].join(" | "),
  );
  return `# Events

Printed from the catalogue, \`contract/events.ts\`, by \`npm run generate\`; a test keeps it so. An event that is not declared there cannot be written.

Every event names what it is about (\`about: { kind, id, no }\`). Its data are read by the staff of its community; whoever else learns of it is
named, each with the fields that they see. \`resident\`: the resident, and a family member who acts for them. \`family\`: a family member without the
resident's consent, and a community that is asked to take a request over. \`follower\`: neighbours who follow, and communities that it has passed
through. \`partner\`: the people of the organization that it names. The last column has who is told in the inbox, and by which channels outside the app.

| event | | about | data | besides the staff | told |
|---|---|---|---|---|---|
${rows.map((row) => `| ${row} |`).join("\n")}
`;
}

/** Each file's path in the repository, and what it must say. */
export const generated = (): readonly (readonly [path: string, text: string])[] => [
  ["fronts/event-catalogue.ts", frontCatalogue()],
  ["docs/reference/events.md", eventDocs()],
];
