import type { CommandContext } from "../../../kernel/command.ts";
import { isCadreOf } from "../../domain/accounts/user.ts";
import { isOnResidentsSide } from "../../domain/requests/proxy-filing.ts";
import { refuse } from "../../../kernel/errors.ts";
import { assertMayRead } from "../../domain/requests/policy.ts";
import type { Request } from "../../domain/requests/request.ts";
import type { Uses } from "../../ports.ts";
import { takeStep } from "./take-step.ts";

/**
 * Gives a request to a cadre of its community, on duty or not. Throws as `takeStep` does, `cadre.unknown`, and
 * `request.own`.
 */
export async function assignRequest(
  deps: Uses<"clock" | "holidays" | "keys" | "store" | "wakeRelay" | "wordCheck">,
  command: CommandContext,
  requestId: string,
  cadreId: string,
): Promise<Request> {
  const cadre = await deps.store.users.find(cadreId);
  const loaded = await deps.store.requests.load(requestId);
  const communityId = loaded?.request.communityId;
  const serves = cadre && communityId && isCadreOf(cadre, communityId);
  const input = { cadreId, cadreName: cadre?.name ?? "" };
  return takeStep(deps, command, requestId, "assign", input, (actor, request) => {
    assertMayRead(actor, request);
    if (!cadre?.name || !serves) refuse("cadre.unknown");
    if (isOnResidentsSide([cadre.id, ...cadre.mergedIds], request)) refuse("request.own");
  });
}
