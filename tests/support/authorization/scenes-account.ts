import { beginFactor } from "../../../server/core/usecases/accounts/enrol-factor.ts";
import { openSession } from "../../../server/core/usecases/accounts/open-session.ts";
import { codeOf, enrol, giveAccount, password, somewhere } from "../second-factor.ts";
import { type Scenes, type Stage, caller, next } from "./stage.ts";

/** Gives the caller an account with a password. */
async function ownAccount(stage: Stage) {
  const user = await caller(stage);
  const account = `own-${next()}`;
  await giveAccount(stage.world, user, account);
  return { user, account };
}

/** Gives the caller an account with a second factor. Returns the password and the next code. */
async function ownFactor(stage: Stage) {
  const { user, account } = await ownAccount(stage);
  const { secret } = await enrol(stage.world, user, account);
  // Setting up the factor has ended all of the caller's sessions.
  stage.world.clock.pass(0.02);
  return { password, code: codeOf(stage.world, secret, 1) };
}

/** Gives the caller an account whose second factor is begun. */
async function begun(stage: Stage) {
  const { account } = await ownAccount(stage);
  const { secret } = await beginFactor(stage.world.deps, { subject: account });
  return { account, code: codeOf(stage.world, secret) };
}

/** Scenes for operations on the own account, password and second factor. */
export const accountScenes = {
  "GET /api/me/account": () => ({}),
  async "POST /api/me/password"(stage) {
    await ownAccount(stage);
    return { body: { password, newPassword: "three geese over the lake" } };
  },
  async "POST /api/auth/reauthenticate"(stage) {
    await ownAccount(stage);
    const { sessionId } = await openSession(stage.world.deps, await caller(stage), "password", somewhere);
    // Whoever is refused must not be in a session that is going on.
    return { body: { password }, ...(stage.as === "nobody" ? {} : { sessionId }) };
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
