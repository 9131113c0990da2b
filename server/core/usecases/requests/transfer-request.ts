import type { CommandContext } from "../../../kernel/command.ts";
import { serviceVersionOf } from "../../domain/community/catalogue.ts";
import type { Community, Service } from "../../domain/community/community.ts";
import { refuse } from "../../../kernel/errors.ts";
import { assertMayRead } from "../../domain/requests/policy.ts";
import type { Request } from "../../domain/requests/request.ts";
import type { Uses } from "../../ports.ts";
import { takeStep } from "./take-step.ts";

/**
 * Asks another community to take a request over. Throws `community.unknown`, `transfer.not_there` (its catalogue does
 * not have the service, or it is the same community), and as `takeStep` does.
 */
export async function askTransfer(
  deps: Uses<"clock" | "holidays" | "keys" | "store" | "wakeRelay" | "wordCheck">,
  command: CommandContext,
  requestId: string,
  { to, reason }: { to: string; reason: string },
): Promise<Request> {
  const there = await deps.store.communities.find(to);
  if (!there) refuse("community.unknown");
  const loaded = await deps.store.requests.load(requestId);
  const from = loaded && (await deps.store.communities.find(loaded.request.communityId));
  const has = serviceIn(there, loaded?.request.serviceCode) !== null;
  const input = { to, toName: there.name, fromName: from?.name ?? "", reason };
  return takeStep(deps, command, requestId, "ask-transfer", input, (actor, request) => {
    assertMayRead(actor, request);
    if (request.communityId === to || !has) refuse("transfer.not_there", { community: there.name });
  });
}

/**
 * Accepts a request that another community wants to transfer. Throws `transfer.not_there` when the own catalogue no
 * longer has the service, and as `takeStep` does.
 */
export async function acceptTransfer(
  deps: Uses<"clock" | "holidays" | "keys" | "store" | "wakeRelay" | "wordCheck">,
  command: CommandContext,
  requestId: string,
): Promise<Request> {
  const loaded = await deps.store.requests.load(requestId);
  const transfer = loaded?.request.transfer.pending;
  const there = transfer && (await deps.store.communities.find(transfer.to));
  const service = there && serviceIn(there, loaded?.request.serviceCode);
  const serviceVersion = service ? serviceVersionOf(service) : 1;
  return takeStep(deps, command, requestId, "accept-transfer", { serviceVersion }, (actor, request) => {
    assertMayRead(actor, request);
    if (there && !service) refuse("transfer.not_there", { community: there.name });
  });
}

const serviceIn = ({ services }: Community, code: string | undefined): Service | null =>
  services.find(({ serviceCode, retired }) => serviceCode === code && !retired) ?? null;
