import { Secret, TOTP } from "otpauth";
import type { User } from "../../server/core/domain/accounts/user.ts";
import { beginFactor, confirmFactor } from "../../server/core/usecases/accounts/enrol-factor.ts";
import type { World } from "./world.ts";

export const password = "long enough to hold";

/** The device of a login that reports none. */
export const somewhere = { device: null, front: null, address: "127.0.0.1", sessionId: null };

/** The code of an authenticator with that secret, `steps` periods of 30 seconds from now. */
export const codeOf = ({ deps }: Pick<World, "deps">, secret: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: deps.clock.now().getTime() + steps * 30_000 });

/** Gives a user an account with {@link password}. */
export async function giveAccount({ deps }: Pick<World, "deps">, { id }: User, account: string): Promise<void> {
  const secret = await deps.passwords.hash(password);
  await deps.store.identities.link({ kind: "account", subject: account, userId: id, secret });
}

/** Sets up the account's second factor with the current code, so that the next valid code is of a later step. */
export async function enrol(
  { deps }: Pick<World, "deps">,
  user: User,
  account: string,
): Promise<{ secret: string; recoveryCodes: string[] }> {
  const find = async () => (await deps.store.identities.find("account", account))!;
  const { secret } = await beginFactor(deps, await find());
  const from = { address: "127.0.0.1", keep: null };
  const identity = await find();
  return { secret, recoveryCodes: await confirmFactor(deps, { identity, user }, codeOf({ deps }, secret), from) };
}
