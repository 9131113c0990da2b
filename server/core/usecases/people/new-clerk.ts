import type { CommandContext } from "../../../kernel/command.ts";
import { hasRole } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { Uses } from "../../ports.ts";
import { giveAccount } from "../accounts/give-account.ts";

/**
 * Another clerk of the same committee, with a temporary password that is told once. Throws `auth.forbidden`,
 * `account.taken`.
 */
export async function createClerk(
  deps: Uses<"clock" | "passwords" | "store" | "wakeRelay">,
  command: CommandContext,
  communityId: string,
  clerk: { account: string; name: string; title: string },
): Promise<{ password: string }> {
  if (!hasRole(command.actor, "committee", communityId)) refuse("auth.forbidden");
  const given = { ...clerk, role: "committee" as const, communityIds: [communityId] };
  const { password } = await giveAccount(deps, { ...command, idempotency: null }, given);
  if (password === null) refuse("account.taken", { account: clerk.account });
  return { password };
}
