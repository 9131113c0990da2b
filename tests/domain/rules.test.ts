import { describe, expect, it } from "vitest";
import { PARTITION_COUNT, partitionOf } from "../../server/kernel/partition.ts";
import { maskName, maskPhone } from "../../server/core/domain/privacy/mask.ts";
import {
  assertMayRead,
  personalData,
  seesHome,
  seesKnowledge,
  seesRating,
} from "../../server/core/domain/requests/policy.ts";
import { queueKey } from "../../server/core/domain/requests/queue-order.ts";
import { statuses } from "../../server/core/domain/requests/request.ts";
import { type Membership, type User, isOnDuty, tierOf, toActor } from "../../server/core/domain/accounts/user.ts";
import { aRequest, aService, anActor, heldRequest, minutesLater, noon } from "../support/domain.ts";

describe("the place in the queue", () => {
  const hour = aService({ respondMinutes: 60 });
  const day = aService({ respondMinutes: 1440 });

  const week = 7 * 1440;

  it("is submission plus the time to respond, a quarter of it for rework, and a week sooner when urgent", () => {
    expect(queueKey(noon, "normal", hour)).toBe(minutesLater(60).getTime());
    expect(queueKey(noon, "normal", hour, true)).toBe(minutesLater(15).getTime());
    expect(queueKey(noon, "urgent", hour)).toBe(minutesLater(15 - week).getTime());
    expect(queueKey(noon, "urgent", hour, true)).toBe(minutesLater(15 - week).getTime());
  });

  it.each<[string, Parameters<typeof queueKey>, Parameters<typeof queueKey>]>([
    ["the older of two alike", [noon, "normal", hour], [minutesLater(1), "normal", hour]],
    ["the urgent of two at once", [noon, "urgent", hour], [noon, "normal", hour]],
    ["the one with less time", [noon, "normal", hour], [noon, "normal", day]],
    ["a new urgent one before an old backlog", [minutesLater(6 * 1440), "urgent", day], [noon, "normal", hour]],
    ["rework of what can wait after what is urgent", [minutesLater(60), "urgent", hour], [noon, "normal", hour, true]],
    ["what has waited for a week before a new urgent one: nothing starves", [noon, "normal", day], [minutesLater(week + 1441), "urgent", hour]],
  ])("puts first %s", (_which, first, second) => {
    expect(queueKey(...first)).toBeLessThan(queueKey(...second));
  }); // prettier-ignore

  it("is a whole number of milliseconds", () => {
    expect(Number.isInteger(queueKey(noon, "urgent", { respondMinutes: 1 / 7 }))).toBe(true);
  });
});

describe("visibility", () => {
  const owner = anActor("resident");
  const handler = anActor("cadre", "handler");
  const other = anActor("cadre", "other");
  const clerk = anActor("committee");
  const supervisor = anActor("supervisor");
  const stranger = anActor("resident", "stranger");
  const abroad = anActor("committee", "committee", { communityIds: ["c2"] });
  const merged = anActor("resident", "new", { ids: ["new", "resident"] });

  it.each([
    ["the resident", owner, true],
    ["the resident by a merged account", merged, true],
    ["a cadre of the community", other, true],
    ["the clerk", clerk, true],
    ["the supervisor", supervisor, true],
    ["a neighbour", stranger, false],
    ["a clerk of another community", abroad, false],
    ["a partner", anActor("partner"), false],
  ])("%s reads the request: %o", (_who, actor, may) => {
    const read = (): void => assertMayRead(actor, heldRequest());
    if (may) expect(read).not.toThrow();
    else expect(read).toThrow("request.unknown");
  });

  it.each([
    ["the resident", owner, statuses],
    ["the resident by a merged account", merged, statuses],
    ["the handler", handler, ["claimed", "handling", "waiting", "suspended", "resolved"]],
    ["another cadre", other, []],
    ["the clerk", clerk, []],
    ["the supervisor", supervisor, []],
    ["the handler, acting as a resident", anActor("resident", "handler"), []],
  ])("%s sees phone and room while the request is %o", (_who, actor, when) => {
    expect(statuses.filter((status) => personalData(actor, heldRequest({ status })) === "full")).toEqual(when);
  });

  it.each([
    ["the resident", owner, true],
    ["the clerk", clerk, true],
    ["the handler", handler, false],
    ["another cadre", other, false],
    ["the supervisor", supervisor, false],
  ])("%s sees a single rating: %o", (_who, actor, sees) => {
    expect(seesRating(actor, heldRequest({ status: "closed" }))).toBe(sees);
  });

  it("knowledge cards are for staff", () => {
    expect([handler, clerk, supervisor, owner].map((actor) => seesKnowledge(actor, aRequest()))).toEqual([true, true, true, false]);
  }); // prettier-ignore

  it("only the committee sees unit and room of a resident, until the home is confirmed", () => {
    const home = { communityId: "c1", confirmedAt: null };
    expect([clerk, other, abroad].map((actor) => seesHome(actor, home))).toEqual([true, false, false]);
    expect(seesHome(clerk, { ...home, confirmedAt: noon })).toBe(false);
  });
});

describe("masks", () => {
  it.each([
    ["13800000001", "138****0001"],
    ["18917654321", "189****4321"],
  ])("a phone: %s is %s", (phone, masked) => expect(maskPhone(phone)).toBe(masked));

  it.each([
    ["王敏", "王**"],
    ["欧阳建国", "欧**"],
    ["𠮷野", "𠮷**"],
    ["", ""],
  ])("a name: %s is %s, whatever its length", (name, masked) => expect(maskName(name)).toBe(masked));
});

describe("a user", () => {
  const membership = (changes: Partial<Membership>): Membership => ({
    id: "m1",
    role: "cadre",
    communityId: "c1",
    communityIds: ["c1"],
    organizationName: null,
    title: "社工",
    positions: [],
    dutyPhone: null,
    photoFileId: null,
    ...changes,
  });
  const user = (changes: Partial<User> = {}): User => ({
    id: "u1",
    version: 1,
    name: "王敏",
    phone: null,
    registration: null,
    memberships: [membership({}), membership({ id: "m2", role: "committee" })],
    endedPosts: [],
    actingAs: "m1",
    duty: { communityId: "c1", startedAt: noon, until: minutesLater(60) },
    largeText: false,
    mergedIds: ["u0"],
    mergingInto: null,
    mergedInto: null,
    closedAt: null,
    signedOutAt: null,
    devices: [],
    createdAt: noon,
    ...changes,
  });

  it("acts in the role in use, with the ids of accounts merged into it", () => {
    expect(toActor(user())).toEqual({
      userId: "u1",
      ids: ["u1", "u0"],
      name: "王敏",
      role: "cadre",
      communityIds: ["c1"],
      dutyUntil: minutesLater(60),
    });
  });

  it.each([
    ["none chosen", null],
    ["one that was taken away", "gone"],
  ])("with no role in use (%s) is a resident, without powers", (_why, actingAs) => {
    expect(toActor(user({ actingAs }))).toMatchObject({ role: "resident", communityIds: [], dutyUntil: null });
  });

  it("on duty in one community is not on duty in another", () => {
    const duty = { communityId: "c2", startedAt: noon, until: minutesLater(60) };
    expect(toActor(user({ duty })).dutyUntil).toBeNull();
    expect([isOnDuty(user(), "c1", noon), isOnDuty(user(), "c2", noon)]).toEqual([true, false]);
  });

  it("is off duty at the minute at which duty ends", () => {
    expect(isOnDuty(user(), "c1", minutesLater(59))).toBe(true);
    expect(isOnDuty(user(), "c1", minutesLater(60))).toBe(false);
  });

  it.each([
    ["guest", null],
    ["registered", { confirmedAt: null }],
    ["confirmed", { confirmedAt: noon }],
  ])("is %s with registration %o", (tier, registration) => {
    expect(tierOf({ registration: registration as User["registration"] })).toBe(tier);
  });
});

describe("the partition of a community", () => {
  const ids = Array.from({ length: 1000 }, (_, i) => `community-${i}`);

  it("never changes, since stored outboxes contain it", () => {
    expect(["", "a", "qinyun", "社区"].map(partitionOf)).toMatchInlineSnapshot(`
      [
        5,
        12,
        13,
        1,
      ]
    `);
  });

  it("is one of 16, evenly distributed", () => {
    const counts = Array.from(
      { length: PARTITION_COUNT },
      (_, lane) => ids.filter((id) => partitionOf(id) === lane).length,
    );
    expect(counts.reduce((sum, count) => sum + count)).toBe(1000);
    expect(Math.min(...counts)).toBeGreaterThan(30);
  });
});
