import { describe, expect, it } from "vitest";
import { type OpKey, type Operation, operations } from "../../contract/index.ts";
import type { Who } from "../support/authorization/cast.ts";
import { shownPeople } from "../../tools/docs/authorization.ts";
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

describe("the table of permissions", () => {
  it("has a row for every operation and no others", () => {
    expect([...new Set(cases.map(keyOf))].toSorted()).toEqual(Object.keys(operations).toSorted());
  });

  it.each(cases)("%s: refuses every role that the contract does not admit, and names nobody twice", (key) => {
    const { access }: Operation = operations[keyOf(key)];
    if (!Array.isArray(access)) return;
    const out = shownPeople.filter((who) => roleOf[who] !== null && !access.includes(roleOf[who]));
    expect(out.filter((who) => refusalOf(key, who) !== "auth.forbidden")).toEqual([]);
    const { may, refused } = permissionMatrix[key as OpKey];
    const told = [...may, ...Object.values(refused).flat()];
    expect(new Set(told).size, "somebody is named twice").toBe(told.length);
  });
});
