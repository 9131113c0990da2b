import type { User } from "../../server/core/domain/accounts/user.ts";
import { developmentTemplates } from "../../server/adapters/wechat/templates.ts";
import type { World } from "./world.ts";

/** The template that tells residents that their request was claimed. */
export const accepted = developmentTemplates.accepted!.id;

/** Creates a resident with a WeChat identity and `consents` consents to messages about claims. */
export async function inWeChat(
  world: World,
  consents: number,
  atWeChat = consents,
): Promise<{ user: User; openid: string }> {
  const { store, keys } = world.deps;
  const user = await world.resident();
  const openid = `o-${user.id}`;
  world.wechat.visit(openid);
  world.wechat.grant(openid, accepted, atWeChat);
  const subject = keys.blindIndex("wechat", openid);
  await store.identities.link({ kind: "wechat", subject, userId: user.id, sealed: keys.seal(openid, "openid") });
  const mine = await world.as(user);
  for (let n = 0; n < consents; n++) {
    const body = { answers: [{ templateId: accepted, answer: "accept" as const }] };
    await mine.call("POST /api/notify/consents", { body, key: `tap-${user.id}-${n}` });
  }
  return { user, openid };
}
