import { declarations } from "../contract/events.ts";
import { moduleEvents } from "../contract/modules.ts";
import { eventTable } from "./docs/events.ts";

/** Files that are generated from the event catalogue, for the front ends and for people, who do not load it. */

const all = Object.entries(declarations);

const grouped = <Key extends string>(entries: readonly (readonly [key: Key, type: string])[]): [Key, string[]][] =>
  [...Map.groupBy(entries, ([key]) => key)].map(([key, group]) => [key, group.map(([, type]) => type)]);

const texts = (values: readonly string[]): string => `[${values.map((value) => JSON.stringify(value)).join(", ")}]`;

function frontCatalogue(): string {
  const labels = all.map(([type, { label }]) => `  ${JSON.stringify(type)}: ${JSON.stringify(label)},`);
  const places = grouped(all.flatMap(([type, { notice, landing }]) => (notice ? [[`${landing ?? null}`, type]] : [])));
  const stale = grouped(all.map(([type, each]) => [texts(each.stale), type]));
  return `// Generated from contract/events.ts by \`npm run generate\`; a test compares it.
import type { EventType, Landing } from "../contract/events.ts";

/** The label of each type of event, for a column or a select. */
export const labels = {
${labels.join("\n")}
} as const satisfies Record<EventType, string>;

/** The landings of notices, each with its types of events. */
export const landings: readonly (readonly [landing: Landing | null, types: readonly EventType[]])[] = [
${places.map(([landing, types]) => `  [${landing === "null" ? landing : JSON.stringify(landing)}, ${texts(types)}],`).join("\n")}
];

/** Operations whose answers may have changed after events of these types. */
export const stale: readonly (readonly [queries: readonly string[], types: readonly EventType[]])[] = [
${stale.map(([queries, types]) => `  [${queries}, ${texts(types)}],`).join("\n")}
];
`;
}

function eventDocs(): string {
  const core = Object.fromEntries(all.filter(([type]) => !(type in moduleEvents)));
  return `# Events

Printed from the catalogue, \`contract/events.ts\`, by \`npm run generate\`; a test keeps it so. An event that is not declared there cannot be written.

Every event names what it is about (\`about: { kind, id, no }\`). Its data are read by the staff of its community; whoever else learns of it is
named, each with the fields that they see. \`resident\`: the resident, and a family member who acts for them. \`family\`: a family member without the
resident's consent, and a community that is asked to take a request over. \`follower\`: neighbours who follow, and communities that it has passed
through. \`partner\`: the people of the organization that it names. The last column has who is told in the inbox, and by which channels outside the app.
The events of a module are on [its page](../modules/).

${eventTable(core)}
`;
}

/** The path of each generated file and its content. */
export const generated = (): readonly (readonly [path: string, text: string])[] => [
  ["fronts/event-catalogue.ts", frontCatalogue()],
  ["docs/reference/events.md", eventDocs()],
];
