import type { User } from "../../server/core/domain/accounts/user.ts";
import { createMemoryAnchors } from "../../server/log/anchors.ts";
import { verifyLog } from "../../server/log/verify-log.ts";
import type { Api } from "./api.ts";
import { testClock } from "./clock.ts";
import { submission } from "./requests.ts";
import { openWorld } from "./world.ts";

export const REASON = "住在西苑那边的楼";

/** A world of three communities, in which `here` (east) asks `there` (west) to take requests over. */
export async function openTransferWorld() {
  const anchors = createMemoryAnchors();
  const leaseClock = testClock();
  const world = await openWorld({ anchors, leaseClock, communities: ["east", "west", "north"] });
  const { deps, relay } = world;
  const [clerk, receiver] = [await world.staff("committee"), await world.staff("committee", ["west"])];
  const [here, there] = [await world.as(clerk), await world.as(receiver)];
  const logOf = async (api: Api, requestId: string) => {
    await relay.drain();
    return (await api.call("GET /api/log", { query: { requestId, order: "asc" } })).ok.items;
  };
  return {
    ...{ world, anchors, leaseClock, receiver, here, there, logOf },
    async handlerOf(communityId = "east", name = "王敏") {
      const user = await world.cadre(communityId, { name });
      return { user, api: await world.as(user) };
    },
    async file(user?: User) {
      const owner = user ?? (await world.resident());
      return (await (await world.as(owner)).call("POST /api/requests", { body: submission() })).ok;
    },
    ask: (id: string, api = here, to = "west") =>
      api.call("POST /api/requests/:id/ask-transfer", { params: { id }, body: { to, reason: REASON } }),
    accept: (id: string, api = there) => api.call("POST /api/requests/:id/accept-transfer", { params: { id } }),
    refuse: (id: string, reason = "那栋楼归东苑") =>
      there.call("POST /api/requests/:id/refuse-transfer", { params: { id }, body: { reason } }),
    load: async (id: string) => (await deps.store.requests.load(id))!.request,
    typesOf: async (api: Api, requestId: string) => (await logOf(api, requestId)).map(({ type }) => type),
    faults: async () => (await verifyLog(deps.store, deps.keys, anchors)).faults,
  };
}
