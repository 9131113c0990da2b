import { expect, it } from "vitest";
import { createSender } from "../../../server/jobs/sender.ts";
import type { Delivery } from "../../../server/store/deliveries.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();

/** A message that is skipped at once: there is always another one. */
const message = (n: number): Delivery => ({
  _id: `e${n}:u:wechat`,
  userId: "none",
  to: "resident",
  channel: "wechat",
  purpose: "accepted",
  notBefore: new Date(0),
  communityId: "east",
  requestId: null,
  type: "request.claimed",
  at: new Date(0),
  state: "reserved",
  reason: null,
  attempt: 1,
  reservedAt: new Date(0),
  settledAt: null,
});

it("stops after the message in hand, also when there is no end of messages", async () => {
  const { promise: busy, resolve } = Promise.withResolvers<void>();
  let taken = 0;
  const { store } = world.deps;
  const take = async (): Promise<Delivery> => {
    if (++taken === 5) resolve();
    return message(taken);
  };
  const sender = createSender(() => ({
    ...world.deps,
    store: { ...store, deliveries: { ...store.deliveries, take } },
  }));
  sender.start();
  await busy;
  await sender.stop();
  const atStop = taken;
  expect(atStop).toBeGreaterThanOrEqual(5);
  await store.ping();
  expect(taken).toBe(atStop);
});
