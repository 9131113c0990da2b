import { maskAddress } from "../../domain/privacy/mask.ts";
import { system } from "../../../kernel/actor.ts";
import type { Uses } from "../../ports.ts";
import { newId } from "../../../kernel/ids.ts";
import { chainOf } from "./chain-of.ts";
import { auditEvent } from "./record.ts";

/** A login that was refused: how it was tried, from where, and whose account it was, if anybody's. */
export interface FailedLogin {
  how: "password" | "phone" | "second_factor";
  userId: string | null;
  address: string;
}

/**
 * Puts a refused login into the chain of the account's community: neither what was typed as account or password nor
 * the phone, and of the address as much as tells one place from another. Nobody did it, as far as is known: the actor
 * is the system.
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
    // A resident's name stays out of the log.
    data: { how, known: user !== null, account: post ? user.name : null, from: maskAddress(address) },
  });
  await deps.store.loginFailures.insert({ id, version: 1, communityId, at: now }, event, null);
  deps.wakeRelay(communityId);
}
