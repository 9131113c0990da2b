import { beginFactor } from "../../../server/core/usecases/accounts/enrol-factor.ts";
import { codeOf, enrol, giveAccount, password } from "../second-factor.ts";
import { type Scenes, type Stage, caller, next } from "./stage.ts";

/** An account of whoever calls. */
async function ownAccount(stage: Stage) {
  const user = await caller(stage);
  const account = `own-${next()}`;
  await giveAccount(stage.world, user, account);
  return { user, account };
}

/** …with a second factor: the password, and the next code. */
async function ownFactor(stage: Stage) {
  const { user, account } = await ownAccount(stage);
  const { secret } = await enrol(stage.world, user, account);
  // That ended every login there was.
  stage.world.clock.pass(0.02);
  return { password, code: codeOf(stage.world, secret, 1) };
}

/** …for which it was begun. */
async function begun(stage: Stage) {
  const { account } = await ownAccount(stage);
  const { secret } = await beginFactor(stage.world.deps, { subject: account });
  return { account, code: codeOf(stage.world, secret) };
}

/** The own account, its password and its second factor. */
export const accountScenes = {
  "GET /api/me/account": () => ({}),
  async "POST /api/me/password"(stage) {
    await ownAccount(stage);
    return { body: { password, newPassword: "three geese over the lake" } };
  },
  async "POST /api/me/second-factor"(stage) {
    await ownAccount(stage);
    return { body: { password } };
  },
  async "POST /api/me/second-factor/confirm"(stage) {
    const { code } = await begun(stage);
    return { body: { code } };
  },
  "POST /api/me/second-factor/recovery-codes": async (stage) => ({ body: await ownFactor(stage) }),
  "POST /api/me/second-factor/off": async (stage) => ({ body: await ownFactor(stage) }),
  "POST /api/auth/second-factor": async (stage) => ({ body: { password, account: (await ownAccount(stage)).account } }),
  "POST /api/auth/second-factor/confirm": async (stage) => ({ body: { password, ...(await begun(stage)) } }),
  async "POST /api/communities/:id/people/:userId/second-factor/reset"({ world }) {
    const user = await world.staff("committee");
    const account = `colleague-${next()}`;
    await giveAccount(world, user, account);
    await enrol(world, user, account);
    return { params: { id: "east", userId: user.id }, about: user.id };
  },
} satisfies Scenes;
