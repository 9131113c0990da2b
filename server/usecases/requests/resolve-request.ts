import type { Request } from "../../domain/request.ts";
import type { Asking, Deps } from "../../ports.ts";
import { takeStep } from "./take-step.ts";

/** Resolves a request with a result and photos. Throws as `takeStep` does, and what attaching photos throws. */
export async function resolveRequest(
  deps: Deps,
  asking: Asking,
  requestId: string,
  input: { result: string; fileIds: readonly string[] },
): Promise<Request> {
  // First the photos: attaching is conditional and repeatable, and a sweep takes back what no request shows in the end.
  if (input.fileIds.length) {
    await deps.files.attach(input.fileIds, asking.actor.ids, { kind: "request", id: requestId }, deps.clock.now());
  }
  return takeStep(deps, asking, requestId, "resolve", input);
}
