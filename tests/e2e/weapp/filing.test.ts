import { it } from "vitest";
import { expectFiledOnce } from "../../support/weapp-scenarios.ts";
import { openWeappWorld } from "../../support/weapp-world.ts";

const world = await openWeappWorld();

it("with photos over a connection that breaks twice: the words are kept, and one request comes of it", async () => {
  await expectFiledOnce(world, await world.phone("王雨晴"), "三楼装修噪声很大，照片里看得清楚");
});
