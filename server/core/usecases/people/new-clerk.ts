import type { CommandContext } from "../../../kernel/command.ts";
import { hasRole } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { Uses } from "../../ports.ts";
import { giveAccount } from "../accounts/give-account.ts";

/**
 * Creates an account for another clerk of the same committee, with a one-time password that is shown once. Throws
 * `auth.forbidden`, `account.taken`.
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
