import { refuse } from "../../../kernel/errors.ts";
import { throttlePolicies, throttleSeconds } from "../../domain/accounts/login-throttle.ts";
import { networkOf } from "../../domain/privacy/mask.ts";
import type { Uses } from "../../ports.ts";

/**
 * How often counting is retried when guesses at the same secret collide. After that the guess is refused for a second.
 */
const MAX_RETRIES = 5;

/** A guess that was counted before it is verified, so that simultaneous guesses are limited like consecutive ones. */
export interface ThrottledAttempt {
  /** Call it after a right guess. It resets the count of the secret. */
  right(): Promise<void>;
  /** Call it when no secret was wrong, or there was none to guess. The guess is not counted then. */
  none(): Promise<void>;
}

type Kind = keyof typeof throttlePolicies;

/**
 * Counts a guess at the secret of `who`, which is stored as a keyed hash. Throws `auth.locked` with `retryAfter`
 * seconds.
 */
async function begin(deps: Uses<"clock" | "keys" | "store">, kind: Kind, who: string): Promise<ThrottledAttempt> {
  const { loginThrottles } = deps.store;
  const rule = throttlePolicies[kind];
  const name = `${kind}:${deps.keys.blindIndex(`guess-${kind}`, who)}`;
  for (let left = MAX_RETRIES; left > 0; left--) {
    const now = deps.clock.now();
    const attempt = {
      right: () => (kind === "address" ? loginThrottles.takeBack(name, deps.clock.now()) : loginThrottles.clear(name)),
      none: () => loginThrottles.takeBack(name, deps.clock.now()),
    };
    const after = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);
    // The first guesses set no wait and are counted by an atomic update, so that a whole office can log in at once.
    if (await loginThrottles.countFree(name, rule.free - 1, after(rule.forgottenAfter), now)) return attempt;
    const before = await loginThrottles.load(name, now);
    if (before && before.lockedUntil > now) {
      refuse("auth.locked", { retryAfter: Math.ceil((before.lockedUntil.getTime() - now.getTime()) / 1000) });
    }
    const tries = (before?.tries ?? 0) + 1;
    const next = { tries, lockedUntil: after(throttleSeconds(tries, rule)), forgetAt: after(rule.forgottenAfter) };
    if (await loginThrottles.replace(name, before, next)) return attempt;
  }
  return refuse("auth.locked", { retryAfter: 1 });
}

/**
 * Counts a guess at an account's password, a code of its second factor or a phone's code, and one for the address. A
 * right guess resets the count of the secret. It takes only this guess back from the count of the address, so that the
 * holder of one account cannot go on guessing others' secrets. Throws `auth.locked`.
 */
export async function beginThrottledAttempt(
  deps: Uses<"clock" | "keys" | "store">,
  kind: Exclude<Kind, "address">,
  who: string,
  address: string,
): Promise<ThrottledAttempt> {
  // The account is counted before the address: a guess that is refused for the account costs the address nothing.
  const ofSecret = await begin(deps, kind, who);
  try {
    const ofAddress = await begin(deps, "address", networkOf(address));
    return {
      right: async () => void (await Promise.all([ofSecret.right(), ofAddress.right()])),
      // The count of the address stays, since the caller may be searching for phones with a code.
      none: () => ofSecret.none(),
    };
  } catch (locked) {
    await ofSecret.none();
    throw locked;
  }
}
