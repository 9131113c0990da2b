import { describe, expect, it } from "vitest";
import type { DomainError } from "../../../server/kernel/errors.ts";
import { toActor } from "../../../server/core/domain/accounts/user.ts";
import { claimNext } from "../../../server/core/usecases/requests/claim-next.ts";
import { takeStep } from "../../../server/core/usecases/requests/take-step.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { deps, relay } = world;

const file = async (communityId = "east") =>
  (
    await (
      await world.as(await world.resident(communityId))
    ).call("POST /api/requests", { body: submission({ communityId }) })
  ).ok;

describe("claim", () => {
  it("gives a queued request to the cadre on duty, by name, and puts it into the log", async () => {
    const { id } = await file();
    const cadre = await world.cadre();
    const claimed = (await (await world.as(cadre)).call("POST /api/requests/:id/claim", { params: { id } })).ok;
    expect(claimed).toMatchObject({ status: "claimed", handler: { id: cadre.id, name: cadre.name } });
    await relay.drain();
    expect((await deps.store.log.ofRequest(id)).map((row) => row.type)).toEqual([
      "request.submitted",
      "request.claimed",
    ]);
  });

  it(
    "of 1,000 at once by 200 cadres one wins; the others are told who; the log has one claim",
    { timeout: 120_000 },
    async () => {
      const { id } = await file();
      const cadres = await Promise.all(Array.from({ length: 200 }, () => world.cadre()));
      const answers = await Promise.all(
        Array.from({ length: 1_000 }, async (_, n) => {
          const actor = toActor(cadres[n % 200]!);
          try {
            return {
              by: actor.userId,
              won: await takeStep(deps, { actor, idempotency: null }, id, "claim", {}),
              lost: null,
            };
          } catch (error) {
            return { by: actor.userId, won: null, lost: error as DomainError };
          }
        }),
      );
      const winners = new Set(answers.filter(({ won }) => won).map(({ by }) => by));
      expect(winners.size).toBe(1);
      const [winner] = winners;
      // The winner made the call five times and gets the same success each time.
      expect(answers.filter(({ won }) => won)).toHaveLength(5);
      const name = cadres.find(({ id: cadreId }) => cadreId === winner)?.name;
      for (const { lost } of answers.filter((answer) => answer.lost)) {
        expect(lost).toMatchObject({
          code: "request.already_claimed",
          params: { handlerId: winner, handlerName: name },
        });
      }
      await relay.drain();
      const claims = (await deps.store.log.ofRequest(id)).filter((row) => row.type === "request.claimed");
      expect(claims).toHaveLength(1);
      expect((await deps.store.requests.load(id))?.request).toMatchObject({ handlerId: winner, version: 2 });
    },
  );

  it("names the winner over HTTP: 409 with the name, and 200 to the winner's second claim", async () => {
    const { id } = await file();
    const [first, second] = [await world.cadre(), await world.cadre()];
    await (await world.as(first)).call("POST /api/requests/:id/claim", { params: { id } });
    const lost = await (await world.as(second)).call("POST /api/requests/:id/claim", { params: { id } });
    expect(lost).toMatchObject({ status: 409, code: "request.already_claimed" });
    expect(lost.body).toMatchObject({
      error: { details: { handlerName: first.name }, message: expect.stringContaining(first.name!) },
    });
    const again = await (await world.as(first)).call("POST /api/requests/:id/claim", { params: { id } });
    expect(again).toMatchObject({ status: 200, code: null });
  });

  it.each([
    ["a cadre who is not on duty", () => world.cadre("east", { onDuty: false }), 409, "duty.not_on_duty"],
    ["a cadre of another community, who does not even see it", () => world.cadre("west"), 404, "request.unknown"],
    ["another resident", () => world.resident(), 404, "request.unknown"],
    ["the committee", () => world.staff("committee"), 403, "request.not_allowed"],
    ["a supervisor", () => world.staff("supervisor", ["east", "west"]), 403, "request.not_allowed"],
  ])("is refused to %s", async (_who, make, status, code) => {
    const { id } = await file();
    const answer = await (await world.as(await make())).call("POST /api/requests/:id/claim", { params: { id } });
    expect(answer).toMatchObject({ status, code });
    expect((await deps.store.requests.load(id))?.request).toMatchObject({ status: "queued", version: 1 });
  });
});

describe("take the next", () => {
  it("500 requests and 64 claimers: each is claimed once, none is left", { timeout: 180_000 }, async () => {
    const resident = await world.resident("west");
    const api = await world.as(resident);
    for (let batch = 0; batch < 10; batch++) {
      await Promise.all(
        Array.from({ length: 50 }, () => api.call("POST /api/requests", { body: submission({ communityId: "west" }) })),
      );
    }
    const cadres = await Promise.all(Array.from({ length: 64 }, () => world.cadre("west")));
    const taken = await Promise.all(
      cadres.map(async (cadre) => {
        const ids: string[] = [];
        for (;;) {
          try {
            ids.push((await claimNext(deps, { actor: toActor(cadre), idempotency: null })).id);
          } catch (error) {
            expect(error).toMatchObject({ code: "queue.empty" });
            return ids;
          }
        }
      }),
    );
    const all = taken.flat();
    expect(all).toHaveLength(500);
    expect(new Set(all).size).toBe(500);
    expect((await deps.store.requests.queue(["west"], 10)).items).toEqual([]);
  });

  it("goes in queue order: the urgent one first though it came later", async () => {
    const other = await openOrder();
    expect(other).toEqual(["leak", "parcel"]);
  });

  it("skips the cadre's own request", async () => {
    const { registration } = await world.resident();
    const cadre = await world.cadre("east");
    const api = await world.as(await deps.store.users.update(cadre.id, { registration }));
    await drainQueue("east");
    await api.call("POST /api/requests", { body: submission() });
    expect(await api.call("POST /api/queue/claim-next")).toMatchObject({ status: 404, code: "queue.empty" });
  });

  it("gives the same request again for the same key, and another for another", async () => {
    await drainQueue("east");
    await file();
    await file();
    const api = await world.as(await world.cadre());
    const first = (await api.call("POST /api/queue/claim-next", { key: "next-0001" })).ok;
    expect((await api.call("POST /api/queue/claim-next", { key: "next-0001" })).ok.id).toBe(first.id);
    expect((await api.call("POST /api/queue/claim-next", { key: "next-0002" })).ok.id).not.toBe(first.id);
  });

  it("gives one request to one intent, however often and at how many places it is sent at once", async () => {
    await drainQueue("east");
    for (let n = 0; n < 6; n++) await file();
    const cadre = await world.cadre();
    const api = await world.as(cadre);
    const calls = Array.from({ length: 6 }, () => api.call("POST /api/queue/claim-next", { key: "tapped-twice" }));
    expect(new Set((await Promise.all(calls)).map(({ ok }) => ok.id)).size).toBe(1);
    expect((await deps.store.requests.openCounts("east")).get(cadre.id)).toBe(1);
    // Requests that were reserved but not claimed are at the head of the queue again.
    const rest = new Set<string>();
    for (let n = 0; n < 5; n++) rest.add((await api.call("POST /api/queue/claim-next")).ok.id);
    expect(rest.size).toBe(5);
  });

  it("goes on where an intent was broken off: before its claim with the same one, and with another when that is gone", async () => {
    await drainQueue("east");
    const [first, second] = [await file(), await file()];
    const cadre = await world.cadre();
    const api = await world.as(cadre);
    const intent = (key: string) => `${cadre.id}:${key}`;
    // The second request was reserved, and then the process died.
    await deps.store.claimReservations.note(intent("broken-0001"), second.id, world.clock.now());
    expect((await api.call("POST /api/queue/claim-next", { key: "broken-0001" })).ok.id).toBe(second.id);
    await deps.store.claimReservations.note(intent("broken-0002"), second.id, world.clock.now());
    const other = await world.as(await world.cadre());
    await api.call("POST /api/requests/:id/release", {
      params: { id: second.id },
      body: { reason: "临时有事", code: "other" },
    });
    await other.call("POST /api/requests/:id/claim", { params: { id: second.id } });
    expect((await api.call("POST /api/queue/claim-next", { key: "broken-0002" })).ok.id).toBe(first.id);
    expect((await api.call("POST /api/queue/claim-next", { key: "broken-0002" })).ok.id).toBe(first.id);
    // The queue is empty, but the earlier claims keep their answers.
    expect((await api.call("POST /api/queue/claim-next", { key: "broken-0003" })).code).toBe("queue.empty");
    await deps.store.claimReservations.forget(new Date(world.clock.now().getTime() + 2 * 86_400_000));
    expect(await deps.store.claimReservations.find(intent("broken-0002"))).toBeNull();
  });
});

async function drainQueue(communityId: string): Promise<void> {
  const api = await world.as(await world.cadre(communityId));
  while ((await api.call("POST /api/queue/claim-next")).status === 200);
}

async function openOrder(): Promise<string[]> {
  await drainQueue("east");
  const api = await world.as(await world.resident());
  await api.call("POST /api/requests", { body: submission({ serviceCode: "parcel" }) });
  world.clock.pass(5);
  await api.call("POST /api/requests", { body: submission({ serviceCode: "leak" }) });
  const cadre = await world.as(await world.cadre());
  const order: string[] = [];
  for (let n = 0; n < 2; n++) order.push((await cadre.call("POST /api/queue/claim-next")).ok.serviceCode);
  return order;
}
