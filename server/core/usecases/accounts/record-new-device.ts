import { system } from "../../../kernel/actor.ts";
import { addDevice } from "../../domain/accounts/device.ts";
import type { User } from "../../domain/accounts/user.ts";
import type { Uses } from "../../ports.ts";
import { chainOf } from "../audit/chain-of.ts";
import { takeUserStep } from "./take-user-step.ts";

/**
 * Records that a member of staff logs in on a kind of device for the first time. The person is notified and the
 * community's log gets a row, since somebody else may have the password. The very first device is not reported.
 * Residents' devices are not recorded.
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
