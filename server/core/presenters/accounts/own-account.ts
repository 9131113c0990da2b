import type { ownAccount } from "../../usecases/accounts/own-factor.ts";
import { instantOrNull } from "../time.ts";

/** How the caller's account is protected, without the secret and its hashes. */
export const presentOwnAccount = (own: Awaited<ReturnType<typeof ownAccount>>) =>
  own && {
    account: own.account,
    secondFactor: {
      since: instantOrNull(own.factor?.since ?? null),
      recoveryCodes: own.factor?.recovery.length ?? 0,
      required: own.required,
    },
  };
