import { expect, it } from "vitest";
import { type SendPoint, sendDue } from "../../../server/core/usecases/notify/send-deliveries.ts";
import type { Delivery } from "../../../server/core/store/notify/deliveries.ts";
import { inWeChat } from "../../support/in-wechat.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { deps, wechat, group, clock } = world;

/** Creates a claimed request of a resident in WeChat. The notification exists but is not sent yet. */
async function claimed(): Promise<string> {
  const { user, openid } = await inWeChat(world, 1);
  const { id } = (await (await world.as(user)).call("POST /api/requests", { body: submission() })).ok;
  await (await world.as(await world.cadre())).call("POST /api/requests/:id/claim", { params: { id } });
  await world.relay.drain();
  return openid;
}

/** Files a request. The notification exists but is not sent yet. Returns the request number. */
async function filed(body = submission()): Promise<string> {
  const { requestNo } = (await (await world.as(await world.resident())).call("POST /api/requests", { body })).ok;
  await world.relay.drain();
  return requestNo;
}
const leak = submission({ serviceCode: "leak", description: "水漫到楼下" });

it("several whom WeChat is slow with are written to at once, and the group hears of an urgent request meanwhile", async () => {
  const openids = [await claimed(), await claimed(), await claimed(), await claimed()];
  clock.pass(1);
  const urgent = await filed(leak);
  let reserved = 0;
  const [all, heard] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  // WeChat's sends wait until all of them are under way and the group has received the urgent message.
  const slow = async (point: SendPoint, { channel }: Delivery): Promise<void> => {
    if (point === "called" && channel === "wecom" && group.said.at(-1)?.includes(urgent)) heard.resolve();
    if (point !== "reserved") return;
    if (++reserved === openids.length) all.resolve();
    await Promise.all([all.promise, heard.promise]);
  };
  await sendDue(deps, slow);
  expect(wechat.delivered.map(({ openid }) => openid).toSorted()).toEqual(openids.toSorted());
});

it("those to one person go one after another, and none costs another its consent", async () => {
  const { user, openid } = await inWeChat(world, 12);
  const cadre = await world.as(await world.cadre());
  for (let n = 0; n < 12; n++) {
    const { id } = (await (await world.as(user)).call("POST /api/requests", { body: submission() })).ok;
    await cadre.call("POST /api/requests/:id/claim", { params: { id } });
  }
  await world.relay.drain();
  const inHand = new Set<string>();
  let most = 0;
  await sendDue(deps, (point, { _id, channel }) => {
    if (channel !== "wechat") return;
    if (point === "taken") inHand.add(_id);
    most = Math.max(most, inHand.size);
    if (point === "consent-settled") inHand.delete(_id);
  });
  expect(most).toBe(1);
  expect(wechat.delivered.filter((message) => message.openid === openid)).toHaveLength(12);
});

it("what may not wait goes before what can, also when it comes while others are being sent", async () => {
  const ordinary: string[] = [];
  for (let n = 0; n < 3; n++) {
    ordinary.push(await filed());
    clock.pass(1);
  }
  const urgent = [await filed(leak)];
  const before = group.said.length;
  await sendDue(deps, async (point, { channel }) => {
    if (point !== "called" || channel !== "wecom" || group.said.length !== before + 2) return;
    urgent.push(await filed(leak));
    clock.pass(1);
  });
  const [first, late] = urgent;
  const order = [first, ordinary[0], late, ordinary[1], ordinary[2]];
  expect(group.said.slice(before).map((words) => order.findIndex((no) => words.includes(no!)))).toEqual([
    0, 1, 2, 3, 4,
  ]);
});

it("a fault of one leaves none in hand", async () => {
  const openids = [await claimed(), await claimed(), await claimed()];
  const settled: string[] = [];
  const sending = sendDue(deps, async (point, { channel, _id }) => {
    if (channel !== "wechat") return;
    if (point === "taken" && settled.length === 0) {
      settled.push(_id);
      throw new Error("a fault");
    }
    if (point === "consent-settled") settled.push(_id);
  });
  await expect(sending).rejects.toThrow("a fault");
  expect(settled).toHaveLength(3);
  expect(wechat.delivered.filter(({ openid }) => openids.includes(openid))).toHaveLength(2);
});
