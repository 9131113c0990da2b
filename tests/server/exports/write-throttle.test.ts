import { describe, expect, it } from "vitest";
import { restAfterPage } from "../../../server/modules/exports/writing/write-throttle.ts";
import { writeNextExport } from "../../../server/modules/exports/writing/write-export.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

describe("the writer of exports", () => {
  it("rests little beside an idle server, and most of the time beside a busy one, in proportion to the page's duration", () => {
    expect(restAfterPage(10, 0)).toBeLessThan(10);
    expect(restAfterPage(10, 1)).toBeGreaterThan(80);
    expect(restAfterPage(20, 1)).toBeCloseTo(2 * restAfterPage(10, 1));
    for (let busy = 0; busy < 1; busy += 0.1)
      expect(restAfterPage(10, busy + 0.1)).toBeGreaterThanOrEqual(restAfterPage(10, busy));
  });

  it("never rests so long that its lease ends", () => {
    expect(restAfterPage(60_000, 1)).toBeLessThan(10_000);
  });

  it("rests after every page, and the file is complete", async () => {
    const world = await openWorld();
    const clerk = await world.as(await world.staff("committee"));
    const resident = await world.as(await world.resident());
    for (let n = 0; n < 3; n++) await resident.call("POST /api/requests", { body: submission() });
    await world.relay.drain();
    const { id } = (
      await clerk.call("POST /api/exports", { body: { communityId: "east", kind: "requests", format: "csv" } })
    ).ok;
    const rests: number[] = [];
    const rest = async (took: number): Promise<void> => void rests.push(took);
    expect(await writeNextExport({ ...world.deps, rest }, "writer")).toBe(true);
    expect(rests).toHaveLength(1);
    expect(rests[0]).toBeGreaterThan(0);
    expect((await world.deps.exports.load(id))?.value).toMatchObject({ state: "done", rows: 3 });
  });
});
