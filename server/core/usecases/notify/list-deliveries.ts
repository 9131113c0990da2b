import type { Actor } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import { assertMayRead, seesDeliveries } from "../../domain/requests/policy.ts";
import type { Uses } from "../../ports.ts";
import type { Delivery } from "../../store/notify/deliveries.ts";
import type { StoredNotice } from "../../store/notify/notices.ts";
import type { Request } from "../../domain/requests/request.ts";

/**
 * Every message about a request: those outside the app, and inbox notices. Both are empty for an actor who may read the
 * request but not its messages, such as staff of a community that has transferred it. Throws `request.unknown`.
 */
export async function listDeliveries(
  deps: Uses<"store">,
  actor: Actor,
  requestId: string,
): Promise<{ request: Request; deliveries: Delivery[]; notices: StoredNotice[] }> {
  const loaded = await deps.store.requests.load(requestId);
  if (!loaded) refuse("request.unknown");
  const { request } = loaded;
  assertMayRead(actor, request);
  if (!seesDeliveries(actor, request)) return { request, deliveries: [], notices: [] };
  const [deliveries, notices] = await Promise.all([
    deps.store.deliveries.ofRequest(requestId),
    deps.store.notices.ofRequest(requestId),
  ]);
  return { request, deliveries, notices };
}
