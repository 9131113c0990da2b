import { moduleOperations } from "../../contract/modules.ts";
import { people, personKeys } from "../../tests/support/authorization/cast.ts";
import { cases, keyOf, refusalOf } from "../../tests/support/authorization/permission-matrix.ts";
import type { CaseKey } from "../../tests/support/authorization/rows.ts";
import { page } from "./markdown.ts";

const short: Readonly<Record<string, string>> = { "auth.required": "login", "auth.session_ended": "ended" };
const cell = (code: string | null): string =>
  code === null ? "✓" : code === "auth.forbidden" ? "–" : (short[code] ?? code);

/** The people of the permission table, without those whose tokens have ended, who are refused everything. */
export const shownPeople = personKeys.filter((who) => who !== "signedOut" && who !== "closed");

/** The permission table, one row for each case. */
function permissionTable(keys: readonly CaseKey[]): string {
  const rows = keys.map((key) => [key, ...shownPeople.map((who) => cell(refusalOf(key, who)))]);
  return [
    `| operation | ${shownPeople.join(" | ")} |`,
    `|---|${shownPeople.map(() => "---|").join("")}`,
    ...rows.map((row) => `| ${row.join(" | ")} |`),
  ].join("\n");
}

/** The rows of the given operations. */
export const permissionsOf = (operations: Readonly<Record<string, unknown>>): string =>
  permissionTable(cases.filter((key) => keyOf(key) in operations));

/** docs/authorization.md */
export const printAuthorization = (): string =>
  page(
    "# Who may do what",
    `Printed from the tables of the tests, \`tests/support/authorization/permission-matrix.ts\` and \`tests/modules/*/permissions.ts\`, which are written by hand
and apart from the rules;
\`tests/server/authorization\` tries every cell over HTTP. ✓: may. –: \`auth.forbidden\`, not in this role or not in this community. login: log in
first. Another word: the code with which it is refused. What is \`unknown\` to somebody is refused as if it did not exist. A token of somebody who has
left a post, or closed the account, is refused by every operation. Nothing that is refused writes anything. The operations of a module are on
[its page](modules/).`,
    ["| who | |", "|---|---|", ...shownPeople.map((who) => `| ${who} | ${people[who]} |`)].join("\n"),
    "East is the community that is asked about, west another of the same subdistrict.",
    permissionTable(cases.filter((key) => !(keyOf(key) in moduleOperations))),
  );
