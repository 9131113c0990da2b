import { describe, expect, it } from "vitest";
import { type OpKey, type Operation, operations } from "../../contract/index.ts";
import { type Who, people, personKeys } from "../support/authorization/cast.ts";
import { cases, keyOf, refusalOf, permissionMatrix } from "../support/authorization/permission-matrix.ts";

/** The role in use of each, as the contract names them. */
const roleOf: Record<Who, string | null> = {
  ...{ nobody: null, signedOut: null, closed: null },
  ...{ owner: "resident", family: "resident", follower: "resident", neighbour: "resident", left: "resident" },
  ...{ clerkAsResident: "resident", residentThere: "resident" },
  ...{ handler: "cadre", onDuty: "cadre", offDuty: "cadre", cadreThere: "cadre" },
  ...{ clerk: "committee", clerkThere: "committee", supervisor: "supervisor", supervisorThere: "supervisor" },
  ...{ partner: "partner", otherPartner: "partner", partnerThere: "partner", admin: "admin" },
};

const short: Readonly<Record<string, string>> = { "auth.required": "login", "auth.session_ended": "ended" };
const cell = (code: string | null): string =>
  code === null ? "✓" : code === "auth.forbidden" ? "–" : (short[code] ?? code);
const shown = personKeys.filter((who) => who !== "signedOut" && who !== "closed");

describe("the table of who may do what", () => {
  it("has every operation, and none that is not there", () => {
    expect([...new Set(cases.map(keyOf))].toSorted()).toEqual(Object.keys(operations).toSorted());
  });

  it.each(cases)("%s: lets nobody whose role the contract keeps out, and keeps nobody out without a word", (key) => {
    const { access }: Operation = operations[keyOf(key)];
    if (!Array.isArray(access)) return;
    const out = shown.filter((who) => roleOf[who] !== null && !access.includes(roleOf[who]));
    expect(out.filter((who) => refusalOf(key, who) !== "auth.forbidden")).toEqual([]);
    const { may, refused } = permissionMatrix[key as OpKey];
    const told = [...may, ...Object.values(refused).flat()];
    expect(new Set(told).size, "somebody is named twice").toBe(told.length);
  });

  it("is printed as docs/authorization.md", async () => {
    const lines = cases.map((key) => `| ${key} | ${shown.map((who) => cell(refusalOf(key, who))).join(" | ")} |`);
    await expect(`# Who may do what

Printed from the table of the tests, \`tests/support/authorization/permission-matrix.ts\`, which is written by hand and apart from the rules;
\`tests/server/authorization\` tries every cell over HTTP. ✓: may. –: \`auth.forbidden\`, not in this role or not in this community. login: log in
first. Another word: the code with which it is refused. What is \`unknown\` to somebody is refused as if it did not exist. A token of somebody who has
left a post, or closed the account, is refused by every operation. Nothing that is refused writes anything.

| who | |
|---|---|
${shown.map((who) => `| ${who} | ${people[who]} |`).join("\n")}

East is the community that is asked about, west another of the same subdistrict.

| operation | ${shown.join(" | ")} |
|---|${shown.map(() => "---|").join("")}
${lines.join("\n")}
`).toMatchFileSnapshot("../../docs/authorization.md");
  });
});
