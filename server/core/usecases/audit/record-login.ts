import { toActor, type User } from "../../domain/accounts/user.ts";
import { maskAddress } from "../../domain/privacy/mask.ts";
import type { Uses } from "../../ports.ts";
import { newId } from "../../../kernel/ids.ts";
import { chainOf } from "./chain-of.ts";
import { auditEvent } from "./record.ts";

/** A new session: how it was opened, on which device, from which address. */
export interface NewLogin {
  how: "password" | "phone" | "wechat";
  device: string | null;
  address: string;
}

/**
 * Records a login of a holder of a post in the chain of their community; the staff alone sees it. Refreshes are not
 * logins. Logins of residents are not recorded here: they see theirs in the list of their devices.
 */
export async function recordLogin(
  deps: Uses<"clock" | "store" | "wakeRelay">,
  user: User,
  { how, device, address }: NewLogin,
): Promise<void> {
  if (!user.memberships.length) return;
  const communityId = chainOf(user);
  const now = deps.clock.now();
  const id = newId();
  const event = auditEvent(toActor(user), now, {
    ...{ version: 1, type: "login.succeeded", communityId },
    about: { kind: "login", id, no: null },
    subjects: { residentId: null, handlerId: null, previousHandlerId: null, cadreIds: [user.id] },
    data: { how, userId: user.id, account: user.name, device, from: maskAddress(address) },
  });
  await deps.store.logins.insert({ id, version: 1, communityId, at: now }, event, null);
  deps.wakeRelay(communityId);
}
