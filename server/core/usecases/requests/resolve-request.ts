import { refuse } from "../../../kernel/errors.ts";
import { assertMayRead } from "../../domain/requests/policy.ts";
import type { Request } from "../../domain/requests/request.ts";
import { alreadyTaken, guard } from "../../domain/requests/request-lifecycle.ts";
import type { Asking, Deps } from "../../../deps.ts";
import { wasDone } from "../../../kernel/idempotency.ts";
import { takeStep } from "./take-step.ts";

async function assertMayResolve(deps: Deps, { actor, intent }: Asking, requestId: string): Promise<void> {
  const loaded = await deps.store.requests.load(requestId);
  if (!loaded) refuse("request.unknown");
  const { request, steps } = loaded;
  assertMayRead(actor, request);
  if (!wasDone(intent, steps) && !alreadyTaken(request, "resolve", actor))
    guard(request, "resolve", actor, deps.clock.now());
}

/** Resolves a request with a result and photos. Throws as `takeStep` does, and what attaching photos throws. */
export async function resolveRequest(
  deps: Deps,
  asking: Asking,
  requestId: string,
  input: { result: string; fileIds: readonly string[] },
): Promise<Request> {
  // First the photos: attaching is conditional and repeatable, and a sweep takes back what no request shows in the end. Before them the
  // guard: nobody puts a photo to a request that is not theirs to resolve.
  if (input.fileIds.length) {
    await assertMayResolve(deps, asking, requestId);
    await deps.files.attach(input.fileIds, asking.actor.ids, { kind: "request", id: requestId }, deps.clock.now());
  }
  return takeStep(deps, asking, requestId, "resolve", input);
}
