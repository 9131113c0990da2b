import { describe, expect, it } from "vitest";
import { sendDue } from "../../../server/core/usecases/notify/send-deliveries.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { deps, group, clock } = world;

/** Files a request whose message to the cadres' group is not sent yet. Returns the message. */
async function filed() {
  const resident = await world.resident();
  const { id } = (await (await world.as(resident)).call("POST /api/requests", { body: submission() })).ok;
  await world.relay.drain();
  const [message] = (await deps.store.deliveries.ofRequest(id)).filter(({ channel }) => channel === "wecom");
  return { id, resident, message: message! };
}

const stateOf = async (requestId: string, deliveryId: string) =>
  (await deps.store.deliveries.ofRequest(requestId)).find(({ _id }) => _id === deliveryId);

describe("very many messages", () => {
  it("that cannot go are ended, those that can are sent, and one that breaks the look stops none", async () => {
    const { id, resident, message } = await filed();
    const ids = Array.from({ length: 120 }, (_, n) => `many:${n}`);
    // Messages that cannot be sent stand first in the queue; the request of one of them does not even exist.
    const broken = { ...message, _id: "broken", requestId: "none", notBefore: new Date(0) };
    const hopeless = ids.map((_id) => ({ ...message, _id, channel: "wechat" as const, userId: resident.id }));
    await deps.store.deliveries.add([broken, ...hopeless]);
    await expect(sendDue(deps)).rejects.toThrow();
    const before = group.said.length;
    await Promise.all([sendDue(deps), sendDue(deps)]);
    const ended = (await deps.store.deliveries.ofRequest(id)).filter(({ _id }) => ids.includes(_id));
    expect(ended.map(({ state, reason, attempt }) => `${state} ${reason} ${attempt}`)).toEqual(
      ids.map(() => "skipped no_wechat 0"),
    );
    expect(await stateOf(id, message._id)).toMatchObject({ state: "sent", attempt: 1 });
    expect(group.said.length - before).toBe(1);
  });

  it("that somebody has taken up meanwhile are not ended", async () => {
    const { id, message } = await filed();
    const now = clock.now();
    expect(await deps.store.deliveries.take(message._id, now)).toMatchObject({ attempt: 1 });
    await deps.store.deliveries.skip([message], "no_robot", now);
    expect(await stateOf(id, message._id)).toMatchObject({ state: "reserved" });
    // A message that was tried and queued again has a new attempt, so an update for the earlier attempt must not apply.
    const retry = { state: "queued", reason: null, settledAt: now, notBefore: now } as const;
    await deps.store.deliveries.settle({ _id: message._id, attempt: 1 }, retry);
    await deps.store.deliveries.skip([message], "no_robot", now);
    expect(await stateOf(id, message._id)).toMatchObject({ state: "queued" });
  });
});
