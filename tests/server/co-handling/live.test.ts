import { expect, it } from "vitest";
import { neighbourhood } from "../../support/co-handling.ts";
import { type LiveClient, liveAs } from "../../support/live.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const here = await neighbourhood(world);

/** Relays all events and passes them to the live connections. A beat that is sent afterwards arrives behind them. */
async function told(clients: readonly LiveClient[]): Promise<void> {
  await world.relay.drain();
  await world.tail.poll();
  const beats = clients.map((client) => client.next("beat"));
  await world.live.beat();
  await Promise.all(beats);
}

it("news of a task reach its organization and the staff at once, the resident only when somebody is at it", async () => {
  const { property, organization, handled, ask } = here;
  const requestId = await handled();
  await world.relay.drain();
  const people = [here.first, here.second, here.resident, here.cadre];
  const clients = await Promise.all(people.map((user) => liveAs(world, user)));
  await ask(requestId, { organization });
  const [task] = await world.deps.coTasks.ofRequest(requestId);
  const params = { id: task!.id };
  world.clock.pass(1);
  await property.call("POST /api/co-tasks/:id/accept", { params });
  world.clock.pass(1);
  await property.call("POST /api/co-tasks/:id/progress", { params, body: { text: "在路上" } });
  await told(clients);
  const [its, others, residents, handlers] = clients.map((client) => client.heard().map((one) => one.split(" ")[1]));
  expect(its).toEqual(["request.organization_asked", "task.accepted", "task.noted"]);
  expect(others).toEqual([]);
  expect(residents).toEqual(["task.accepted"]);
  expect(handlers).toEqual(its);
  for (const client of clients) client.drop();
});
