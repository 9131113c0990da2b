import { expect, it } from "vitest";
import { apiClient } from "../../support/api.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const NOBODY = "0".repeat(24);

/** Logs in by a code, as the holder of the phone does. */
async function loginBy(phone: string) {
  const guest = apiClient(world.base, null);
  const { demoCode = "" } = (await guest.call("POST /api/auth/otp", { body: { phone } })).ok;
  const session = (await guest.call("POST /api/auth/otp/verify", { body: { phone, code: demoCode } })).ok;
  return { ...apiClient(world.base, () => session.accessToken), user: session.user };
}

it.each<[string, string, (phone: string) => Promise<unknown>]>([
  ["had an account", "13900000071", (phone) => loginBy(phone)],
  ["had none", "13900000072", async () => undefined],
])("a phone that %s is not told from another: no id of the elder is given away", async (_what, phone, before) => {
  await before(phone);
  const child = await world.as(await world.resident());
  const elder = { name: "孙桂珍", phone, building: "2号楼", unit: "1单元", room: "602" };
  const words = { communityId: "east", serviceCode: "parcel", description: "腿脚不便，麻烦代取一个包裹" };
  const body = { ...words, elder, relation: "parent" as const };
  const filed = (await child.call("POST /api/requests/for-family", { body })).ok;
  const params = { id: filed.id };
  const cadre = await world.as(await world.cadre());
  await cadre.call("POST /api/requests/:id/claim", { params });
  await cadre.call("POST /api/requests/:id/first-contact", { params, body: { note: "已联系" } });
  const owner = await loginBy(phone);
  await owner.call("POST /api/requests/:id/consent", { params, body: { agreed: true } });
  await owner.call("POST /api/requests/:id/message", { params, body: { text: "谢谢" } });
  const seen = (await child.call("GET /api/requests/:id", { params })).ok;
  expect(seen.messages.map(({ text }) => text)).toEqual(["谢谢"]);
  expect(JSON.stringify([filed, seen])).not.toContain(owner.user.id);
  expect([filed.resident.id, seen.resident.id]).toEqual([NOBODY, NOBODY]);
  expect((await owner.call("GET /api/requests/:id", { params })).ok.resident.id).toBe(owner.user.id);
});
