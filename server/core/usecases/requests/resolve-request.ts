import type { CommandContext } from "../../../kernel/command.ts";
import { attachPhotos } from "../files/attach-photos.ts";
import { refuse } from "../../../kernel/errors.ts";
import { assertMayRead } from "../../domain/requests/policy.ts";
import type { Request } from "../../domain/requests/request.ts";
import { alreadyTaken, guard } from "../../domain/requests/request-lifecycle.ts";
import type { Uses } from "../../ports.ts";
import { isReplay } from "../../../kernel/idempotency.ts";
import { takeStep } from "./take-step.ts";

async function assertMayResolve(
  deps: Uses<"clock" | "store">,
  { actor, idempotency }: CommandContext,
  requestId: string,
): Promise<void> {
  const loaded = await deps.store.requests.load(requestId);
  if (!loaded) refuse("request.unknown");
  const { request, steps } = loaded;
  assertMayRead(actor, request);
  if (!isReplay(idempotency, steps) && !alreadyTaken(request, "resolve", actor))
    guard(request, "resolve", actor, deps.clock.now());
}

/** Resolves a request with a result and photos. Throws as `takeStep` and `attachPhotos` do. */
export async function resolveRequest(
  deps: Uses<
    | "clock"
    | "files"
    | "holidays"
    | "keys"
    | "log"
    | "modules"
    | "publicUrl"
    | "store"
    | "wakeRelay"
    | "wechat"
    | "wordCheck"
  >,
  command: CommandContext,
  requestId: string,
  input: { result: string; fileIds: readonly string[] },
): Promise<Request> {
  // The photos are attached before the step. Attaching is conditional and repeatable, and a sweep deletes photos that
  // no request shows in the end. The guard comes before both, so that nobody attaches photos to a request that they may
  // not resolve.
  if (input.fileIds.length) {
    await assertMayResolve(deps, command, requestId);
    await attachPhotos(deps, input.fileIds, command.actor.ids, { kind: "request", id: requestId });
  }
  return takeStep(deps, command, requestId, "resolve", input);
}
