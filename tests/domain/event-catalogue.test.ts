import { describe, expect, it } from "vitest";
import { type Addressee, declarations, eventFeatures } from "../../contract/events.ts";
import { operations } from "../../contract/index.ts";
import { progressEvents, followerEvents } from "../../server/core/domain/requests/follow.ts";
import { coreLifecycles } from "../../server/core/domain/lifecycles.ts";
import { moduleLifecycles } from "../../server/modules/index.ts";

const rows = Object.entries(declarations);

/** Outside the staff, the audience in which an addressee must be named to be told. */
const outsiders = { resident: "resident", filer: "resident", followers: "follower", organization: "partner" } as const;
/**
 * Words for each addressee; who has none of their own reads that there is news, which is enough for a family member.
 */
const wordsFor: Partial<Record<Addressee, readonly ("text" | "handler" | "follower" | "partner")[]>> = {
  resident: ["text"],
  handler: ["handler", "text"],
  previousHandler: ["text"],
  cadres: ["text"],
  followers: ["follower"],
  organization: ["partner"],
};

describe("the catalogue of events", () => {
  it("has each event type in one feature", () => {
    const types = eventFeatures.flatMap((feature) => Object.keys(feature));
    expect(types.toSorted()).toEqual(Object.keys(declarations).toSorted());
    expect(new Set(types).size).toBe(types.length);
  });

  it("has the event of each step of every lifecycle", () => {
    const lives = [...coreLifecycles, ...moduleLifecycles].map(({ lifecycle }) => lifecycle);
    const steps = lives.flatMap(({ transitions }) => transitions.map(({ event }) => event));
    expect(steps.filter((type) => !(type in declarations))).toEqual([]);
  });

  it("makes only existing queries stale", () => {
    expect(rows.flatMap(([, { stale }]) => stale).filter((key) => !(key in operations))).toEqual([]);
  });

  it("notifies nobody outside the staff of events that they may not see", () => {
    const told = rows.flatMap(([type, { notice, audience }]) =>
      (notice?.to ?? []).flatMap((who) =>
        who in outsiders && !audience?.[outsiders[who as keyof typeof outsiders]] ? [`${type}: ${who}`] : [],
      ),
    );
    expect(told).toEqual([]);
  });

  it("has a wording for every recipient", () => {
    const wordless = rows.flatMap(([type, { notice }]) => [
      ...(notice?.to ?? [])
        .filter((who) => wordsFor[who]?.every((words) => !notice?.[words]))
        .map((w) => `${type}: ${w}`),
      ...(notice?.offices?.length && !notice.office ? [`${type}: office`] : []),
    ]);
    expect(wordless).toEqual([]);
  });

  it("has a recipient for every wording", () => {
    const unheard = rows.flatMap(([type, { notice }]) => {
      const { to = [], offices = [] } = notice ?? {};
      return [
        ...(notice?.filer && !to.includes("filer") ? [`${type}: filer`] : []),
        ...(notice?.follower && !to.includes("followers") ? [`${type}: follower`] : []),
        ...(notice?.partner && !to.includes("organization") ? [`${type}: partner`] : []),
        ...(notice?.handler && !to.includes("handler") ? [`${type}: handler`] : []),
        ...(notice?.office && offices.length === 0 ? [`${type}: office`] : []),
      ];
    });
    expect(unheard).toEqual([]);
  });

  it("has a landing page for every notice", () => {
    expect(rows.filter(([, { notice, landing }]) => notice && landing === undefined).map(([type]) => type)).toEqual([]);
  });

  it("shows followers the events that name them, and no others", () => {
    const named = rows.filter(([, { audience }]) => audience?.follower).map(([type]) => type);
    expect(named.toSorted()).toEqual(progressEvents.toSorted());
    for (const type of followerEvents) expect(declarations[type]?.audience?.resident).toBeDefined();
  });

  it("hides the result of the content check from everybody outside the staff", () => {
    const shown = rows.flatMap(([type, { audience = {} }]) => {
      const { resident = [], family = [], follower = [], partner = [] } = audience;
      return [...resident, ...family, ...follower, ...partner].includes("words") ? [type] : [];
    });
    expect(shown).toEqual([]);
  });
});
