import { expect, it } from "vitest";
import type { Channel } from "../../../server/core/domain/notify/messages.ts";
import { createSender } from "../../../server/core/jobs/sender.ts";
import type { Delivery } from "../../../server/core/store/notify/deliveries.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();

/** An undeliverable message; the queue always has another one. */
const message = (n: number): Delivery => ({
  _id: `e${n}:u:wechat`,
  userId: "0".repeat(24),
  to: "resident",
  channel: "wechat",
  purpose: "accepted",
  waits: true,
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

it("stops after the messages in hand, also when there is no end of messages", async () => {
  const { promise: busy, resolve } = Promise.withResolvers<void>();
  let looked = 0;
  let ended = 0;
  const { store } = world.deps;
  const due = async (): Promise<Delivery[]> => {
    if (++looked === 5) resolve();
    return [message(looked)];
  };
  const skip = async (): Promise<void> => {
    ended++;
  };
  const sender = createSender({
    ...world.deps,
    store: { ...store, deliveries: { ...store.deliveries, due, skip } },
  });
  sender.start();
  await busy;
  await sender.stop();
  const atStop = looked;
  expect(atStop).toBeGreaterThanOrEqual(5);
  expect(ended).toBe(atStop);
  await store.ping();
  expect(looked).toBe(atStop);
});

it("goes on with the other channels while one is silent", async () => {
  const { promise: silent, resolve: answer } = Promise.withResolvers<void>();
  const looked = { wechat: 0, wecom: 0, sms: 0 };
  const { store } = world.deps;
  const due = async (channel: Channel): Promise<Delivery[]> => {
    looked[channel]++;
    if (channel === "wechat") await silent;
    return [];
  };
  const sender = createSender({ ...world.deps, store: { ...store, deliveries: { ...store.deliveries, due } } });
  sender.start();
  const others = (): number => {
    sender.wake();
    return Math.min(looked.wecom, looked.sms);
  };
  await expect.poll(others).toBeGreaterThanOrEqual(3);
  expect(looked.wechat).toBe(1);
  answer();
  await sender.stop();
});
