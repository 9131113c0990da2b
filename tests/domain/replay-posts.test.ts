import { describe, expect, it } from "vitest";
import type { OwnStep } from "../../server/kernel/replay.ts";
import { postDifferences } from "../../server/core/domain/people/replay-posts.ts";
import type { Membership } from "../../server/core/domain/accounts/user.ts";
import { minutesLater } from "../support/domain.ts";

const post = (role: Membership["role"], communityIds: readonly string[]): Membership => ({
  ...{ id: role, role, communityId: communityIds[0] ?? null, communityIds, organizationName: null },
  ...{ title: "网格员", positions: [], dutyPhone: null, photoFileId: null },
});
const step = (minute: number, type: string, data: OwnStep["data"], communityId = "c1"): OwnStep => ({
  ...{ version: minute, type, at: minutesLater(minute), communityId, actorId: "clerk", data },
  ...{ requestNo: null, serviceCode: null, residentId: null, handlerId: null, filerId: null, organization: null },
});
const cadre = { role: "cadre", organization: null };

describe("posts and the steps that granted them", () => {
  it.each<[string, Membership[], OwnStep[], string[]]>([
    ["given", [post("cadre", ["c1"])], [step(1, "role.granted", cadre)], []],
    ["given by nobody", [post("admin", ["c1"])], [step(1, "role.granted", cadre)], ["admin@c1", "cadre@c1"]],
    ["given, ended and given again", [post("cadre", ["c1"])], [step(1, "role.granted", cadre), step(2, "role.ended", cadre), step(3, "role.granted", cadre)], []],
    ["ended", [post("cadre", ["c1"])], [step(2, "role.ended", cadre), step(1, "role.granted", cadre)], ["cadre@c1"]],
    ["given in a row whose words were erased", [post("cadre", ["c1"])], [step(1, "role.granted", null)], []],
    ["given in such a row elsewhere", [post("cadre", ["c2"])], [step(1, "role.granted", null)], ["cadre@c2"]],
    ["of a subdistrict, in a row that does not say which communities", [post("supervisor", ["c1", "c2"])], [step(1, "role.granted", { role: "supervisor" })], []],
    ["of a cadre, in such a row", [post("cadre", ["c1", "c2"])], [step(1, "role.granted", cadre)], ["cadre@c2"]],
    ["by a step that gives none", [post("cadre", ["c1"])], [step(1, "duty.started", cadre)], ["cadre@c1"]],
  ])("%s", (_what, memberships, steps, found) =>
    expect(postDifferences(memberships, steps).map(({ stored, replayed }) => stored ?? replayed)).toEqual(found),
  ); // prettier-ignore
});
