import type { Ports, Uses } from "../../ports.ts";

/**
 * Deletes pictures that were staged and never attached, or attached to an aggregate that does not show them. Pictures
 * of an unknown kind of aggregate stay, since they may belong to another version.
 */
export async function sweepFiles(deps: Uses<"clock" | "files" | "modules" | "store">): Promise<void> {
  const { messages, requests, users } = deps.store;
  const holders: Readonly<Record<string, Pick<Ports["modules"]["pictures"][string], "shows">>> = {
    ...deps.modules.pictures,
    ...{ message: messages, request: requests, user: users },
  };
  await deps.files.sweep(deps.clock.now(), async ({ kind, id, fileId }) => holders[kind]?.shows(id, fileId) ?? true);
}
