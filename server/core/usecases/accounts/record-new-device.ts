import { system } from "../../../kernel/actor.ts";
import { addDevice } from "../../domain/accounts/device.ts";
import type { User } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import { chainOf } from "../audit/chain-of.ts";
import { takeUserStep } from "./take-user-step.ts";

/**
 * Somebody of the staff logs in on a kind of device that they have not used before: they are told, and the log of
 * their community has a row, since whoever has their password may be somebody else. The first one of all is theirs. A
 * resident's are not kept.
 */
export async function recordNewDevice(
  deps: Uses<"clock" | "store" | "wakeRelay">,
  user: User,
  device: string | null,
): Promise<void> {
  if (!user.memberships.length || !addDevice(user.devices, device)) return;
  if (!user.devices.length) {
    await deps.store.users.update(user.id, { devices: addDevice([], device) ?? [] });
    return;
  }
  await takeUserStep(deps, { actor: system, idempotency: null }, user.id, "auth.session_ended", (before) => {
    const devices = addDevice(before.devices, device);
    return (
      devices && {
        ...{ type: "account.new_device", communityId: chainOf(before), residentId: null, cadreIds: [before.id] },
        set: { devices },
        data: { userId: before.id, name: before.name, device },
      }
    );
  });
}
