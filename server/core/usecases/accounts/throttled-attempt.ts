import { refuse } from "../../../kernel/errors.ts";
import { throttlePolicies, throttleSeconds } from "../../domain/accounts/login-throttle.ts";
import { networkOf } from "../../domain/privacy/mask.ts";
import type { Uses } from "../../ports.ts";

/** At most so many guesses at one secret are counted at the same moment; the others wait a second. */
const MAX_RETRIES = 5;

/**
 * A guess that is counted before it is looked at, so that of many at once no more are free than one after the other.
 */
export interface ThrottledAttempt {
  /** It was right: those before were the owner's, and are forgotten. */
  right(): Promise<void>;
  /** There was nothing to guess at, or it was not the secret that was wrong: it does not count. */
  none(): Promise<void>;
}

type Kind = keyof typeof throttlePolicies;

/**
 * The guess at the secret of `who` (a word that is stored as a keyed hash). Throws `auth.locked` with `retryAfter`
 * seconds.
 */
async function begin(deps: Uses<"clock" | "keys" | "store">, kind: Kind, who: string): Promise<ThrottledAttempt> {
  const { loginThrottles } = deps.store;
  const rule = throttlePolicies[kind];
  const name = `${kind}:${deps.keys.blindIndex(`guess-${kind}`, who)}`;
  for (let left = MAX_RETRIES; left > 0; left--) {
    const now = deps.clock.now();
    const after = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);
    const before = await loginThrottles.load(name, now);
    if (before && before.lockedUntil > now) {
      refuse("auth.locked", { retryAfter: Math.ceil((before.lockedUntil.getTime() - now.getTime()) / 1000) });
    }
    const tries = (before?.tries ?? 0) + 1;
    const next = { tries, lockedUntil: after(throttleSeconds(tries, rule)), forgetAt: after(rule.forgottenAfter) };
    if (await loginThrottles.replace(name, before, next)) {
      return {
        right: () =>
          kind === "address" ? loginThrottles.takeBack(name, deps.clock.now()) : loginThrottles.clear(name),
        none: () => loginThrottles.takeBack(name, deps.clock.now()),
      };
    }
  }
  return refuse("auth.locked", { retryAfter: 1 });
}

/**
 * A guess at an account's password, at a code of its second factor or at a phone's code, from an address. Being right
 * forgets the account's or the phone's count; of the address it takes back this one only, or whoever has one account
 * could go on guessing others'. Throws `auth.locked`.
 */
export async function beginThrottledAttempt(
  deps: Uses<"clock" | "keys" | "store">,
  kind: Exclude<Kind, "address">,
  who: string,
  address: string,
): Promise<ThrottledAttempt> {
  const ofAddress = await begin(deps, "address", networkOf(address));
  try {
    const ofSecret = await begin(deps, kind, who);
    return {
      right: async () => void (await Promise.all([ofSecret.right(), ofAddress.right()])),
      // Where there is nothing to guess at, looking for what there is counts all the same.
      none: () => ofSecret.none(),
    };
  } catch (locked) {
    await ofAddress.none();
    throw locked;
  }
}
