import { maskAddress } from "../../domain/privacy/mask.ts";
import { system } from "../../../kernel/actor.ts";
import type { Uses } from "../../ports.ts";
import { newId } from "../../../kernel/ids.ts";
import { chainOf } from "./chain-of.ts";
import { auditEvent } from "./record.ts";

/** A refused login: the way, the address, and the account's user if the account exists. */
export interface FailedLogin {
  how: "password" | "phone" | "second_factor";
  userId: string | null;
  address: string;
}

/**
 * Records a refused login in the chain of the account's community. The typed account, password and phone are not
 * stored, and the address is masked. The actor is the system, since it is not known who tried.
 */
export async function recordLoginFailure(
  deps: Uses<"clock" | "store" | "wakeRelay">,
  { how, userId, address }: FailedLogin,
): Promise<void> {
  const user = userId ? await deps.store.users.find(userId) : null;
  const communityId = chainOf(user);
  const now = deps.clock.now();
  const id = newId();
  const post = user && user.memberships.length > 0;
  const event = auditEvent(system, now, {
    ...{ version: 1, type: "login.failed", communityId },
    about: { kind: "login-failure", id, no: null },
    subjects: {
      ...{ residentId: user && !post ? user.id : null, handlerId: null, previousHandlerId: null },
      cadreIds: user && post ? [user.id] : [],
    },
    // The log does not store a resident's name.
    data: { how, known: user !== null, account: post ? user.name : null, from: maskAddress(address) },
  });
  await deps.store.loginFailures.insert({ id, version: 1, communityId, at: now }, event, null);
  deps.wakeRelay(communityId);
}
