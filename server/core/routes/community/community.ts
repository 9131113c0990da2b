import type { communityOperations } from "../../../../contract/community.ts";
import { readCommunity, readOfferedServices } from "../../usecases/community/read-community.ts";
import { endDuty } from "../../usecases/duty/end-duty.ts";
import { checkIn } from "../../usecases/duty/check-in.ts";
import { listCadres } from "../../usecases/duty/list-cadres.ts";
import { readDuty } from "../../usecases/duty/read-duty.ts";
import { startDuty } from "../../usecases/duty/start-duty.ts";
import type { Handlers } from "../../http/handler.ts";
import { presentCadreCard } from "../../presenters/people/cadre-card.ts";
import { presentCommunity, presentDuty, presentOnDuty, presentService } from "../../presenters/community/community.ts";

export const communityRoutes: Handlers<keyof typeof communityOperations> = {
  "GET /api/communities": async ({ deps }) => {
    const communities = await deps.store.communities.list();
    return { items: communities.map(({ id, name, subdistrict }) => ({ id, name, subdistrict })), nextCursor: null };
  },
  "GET /api/communities/:id": async ({ deps, params }) => presentCommunity(await readCommunity(deps, params.id)),
  "GET /api/communities/:id/services": async ({ deps, params }) => {
    const { services } = await readOfferedServices(deps, params.id);
    return { items: services.map(presentService), nextCursor: null };
  },
  "GET /api/communities/:id/duty": async ({ deps, params }) => {
    return presentOnDuty(deps, params.id, await readDuty(deps, params.id));
  },
  "GET /api/communities/:id/cadres": async ({ deps, actor, params }) => {
    const cadres = await listCadres(deps, actor, params.id);
    const now = deps.clock.now();
    const until = new Map((await readDuty(deps, params.id)).now.map((there) => [there.cadre.id, there.until]));
    const items = cadres.map(({ cadre, openRequests }) => ({
      ...presentCadreCard(cadre, params.id, deps, now, until.get(cadre.id) ?? null),
      openRequests,
    }));
    return { items, nextCursor: null };
  },
  "POST /api/duty/start": async (call) =>
    presentDuty(call.deps, await startDuty(call.deps, call, new Date(call.body.until))),
  "POST /api/duty/check-in": async (call) => presentDuty(call.deps, await checkIn(call.deps, call)),
  "POST /api/duty/end": async (call) => presentDuty(call.deps, await endDuty(call.deps, call, call.body.notesLater)),
};
