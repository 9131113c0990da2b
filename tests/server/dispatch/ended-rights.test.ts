import { describe, expect, it } from "vitest";
import { system } from "../../../server/kernel/actor.ts";
import { toActor } from "../../../server/core/domain/accounts/user.ts";
import { departedStaff } from "../../../server/core/jobs/departed-staff.ts";
import { shiftEnds } from "../../../server/core/jobs/shift-ends.ts";
import { takeStep } from "../../../server/core/usecases/requests/take-step.ts";
import { testClock } from "../../support/clock.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

/** How many races of each kind: `RACES=200 npx vitest run tests/server/dispatch/ended-rights.test.ts`. */
const RACES = Number(process.env["RACES"] ?? 6);

// What is done later has a later time, as in life: on a clock that stands still nothing is ever after the end of a
// duty.
const standing = testClock();
let ticks = 0;
const clock = { now: () => new Date(standing.now().getTime() + ++ticks) };
const world = await openWorld({ clock });
const { deps, relay } = world;
const resident = await world.as(await world.resident());
const desk = await world.as(await world.staff("committee"));

const file = async (): Promise<string> => (await resident.call("POST /api/requests", { body: submission() })).ok.id;
const load = async (id: string) => (await deps.store.requests.load(id))!.request;

async function cadreWithRequest() {
  const cadre = await world.cadre();
  const id = await file();
  const api = await world.as(cadre);
  const postId = cadre.memberships[0]!.id;
  return {
    cadre,
    id,
    api,
    claim: () => api.call("POST /api/requests/:id/claim", { params: { id } }),
    endDuty: () => api.call("POST /api/duty/end", { body: { notesLater: true } }),
    endPost: () =>
      desk.call("POST /api/communities/:id/people/:userId/posts/:postId/end", {
        params: { id: "east", userId: cadre.id, postId },
        body: { reason: "调离" },
      }),
  };
}

/** The two calls at once, in either order. */
const race = (n: number, one: () => Promise<unknown>, two: () => Promise<unknown>): Promise<unknown> =>
  Promise.all(n % 2 ? [one(), two()] : [two(), one()]);

async function settle(): Promise<void> {
  await relay.drain();
  await shiftEnds.run(deps);
  await departedStaff.run(deps);
}

describe("a right that ends while it is used", { timeout: 60_000 + RACES * 2_000 }, () => {
  it("a claim that was decided before the end of the duty and written after it goes back to the queue", async () => {
    const { cadre, id, endDuty } = await cadreWithRequest();
    const onDuty = toActor(cadre);
    expect((await endDuty()).code).toBeNull();
    const claimed = await takeStep(deps, { actor: onDuty, idempotency: null }, id, "claim", {});
    expect(claimed.handlerId).toBe(cadre.id);
    await settle();
    expect(await load(id)).toMatchObject({ status: "queued", handlerId: null });
    // Once more in the same gap: the key of the first return does not stand in the way of the second.
    await takeStep(deps, { actor: onDuty, idempotency: null }, id, "claim", {});
    await settle();
    expect(await load(id)).toMatchObject({ status: "queued", handlerId: null });
  });

  it("what the committee gives to somebody off duty stays", async () => {
    const { cadre, id, endDuty } = await cadreWithRequest();
    await endDuty();
    await desk.call("POST /api/requests/:id/assign", { params: { id }, body: { cadreId: cadre.id } });
    await settle();
    expect(await load(id)).toMatchObject({ status: "claimed", handlerId: cadre.id });
    await takeStep(deps, { actor: system, idempotency: null }, id, "hand-back", {});
  });

  it("claim and end of the duty: nobody off duty holds what was not begun", async () => {
    for (let n = 0; n < RACES; n++) {
      const { id, claim, endDuty } = await cadreWithRequest();
      await race(n, claim, endDuty);
      await settle();
      expect(await load(id)).toMatchObject({ status: "queued", handlerId: null });
    }
  });

  it("claim and end of the post: nobody without a post holds a request", async () => {
    for (let n = 0; n < RACES; n++) {
      const { id, claim, endPost } = await cadreWithRequest();
      await race(n, claim, endPost);
      await settle();
      expect(await load(id)).toMatchObject({ status: "queued", handlerId: null });
    }
  });

  it("assignment and end of the post: nobody without a post holds a request", async () => {
    for (let n = 0; n < RACES; n++) {
      const { cadre, id, endPost } = await cadreWithRequest();
      const assign = () => desk.call("POST /api/requests/:id/assign", { params: { id }, body: { cadreId: cadre.id } });
      await race(n, assign, endPost);
      await settle();
      expect(await load(id)).toMatchObject({ status: "queued", handlerId: null });
    }
  });

  it("start of a duty and end of the post: nobody without a post is on duty", async () => {
    for (let n = 0; n < RACES; n++) {
      const { cadre, api, endPost } = await cadreWithRequest();
      const until = new Date(clock.now().getTime() + 4 * 3_600_000).toISOString();
      await race(n, () => api.call("POST /api/duty/start", { body: { until } }), endPost);
      const onDuty = (await deps.store.users.onDuty("east", clock.now())).map(({ id }) => id);
      expect(onDuty).not.toContain(cadre.id);
    }
  });
});
