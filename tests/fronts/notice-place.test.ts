import { describe, expect, it } from "vitest";
import { addressOf } from "../../console/lib/notice-address.ts";
import type { Notice } from "../../contract/index.ts";
import { kindOf, placeOf } from "../../fronts/notice-place.ts";
import { noticeTypes } from "../../server/log/recipients.ts";

const told = (type: string, more: Partial<Notice> = {}): Notice => ({
  ...{ id: "n", at: "2026-03-02T08:00:00+08:00", type, text: "", readAt: null },
  ...{ requestId: null, requestNo: null, taskId: null, day: null },
  ...more,
});
const me = (role: "committee" | "cadre") => ({
  id: "u1",
  actingAs: { role, membershipId: "m1", communityId: "xiziwan" },
});

describe("the target of a notice", () => {
  it.each(noticeTypes())("exists for %s", (type) => {
    expect(kindOf(type)).not.toBeUndefined();
  });

  it.each([
    [told("request.claimed", { requestId: "r1" }), "/requests/r1"],
    [told("photo.passed", { requestId: "r1" }), "/requests/r1"],
    [told("photo.held", { requestId: "r1" }), "/complaints?show=photos"],
    [told("complaint.filed"), "/complaints"],
    [told("leave.asked", { day: "2026-03-24" }), "/roster?week=2026-03-24"],
    [told("shift.swap_accepted"), "/roster"],
    [told("account.new_device"), "/account"],
    [told("duty.notes_missing"), "/log?type=duty.notes_missing"],
    [told("task.cancelled", { requestId: "r1", taskId: "t1" }), null],
    [told("resident.confirmed"), null],
    [told("of.a.later.server"), null],
  ])("in the console: $type", (notice, address) => {
    const place = placeOf(notice);
    expect(place && addressOf(place, me("committee"))).toBe(address);
  });

  it("of missing hand-over notes is the cadre's open requests", () => {
    expect(addressOf(placeOf(told("duty.ended"))!, me("cadre"))).toBe("/requests?open=true&cadreId=u1");
  });
});
