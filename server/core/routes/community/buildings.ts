import type { buildingOperations } from "../../../../contract/buildings.ts";
import { importBuildings, previewBuildings } from "../../usecases/community/import-buildings.ts";
import { removeBuilding } from "../../usecases/community/remove-building.ts";
import type { Handlers } from "../../http/handler.ts";
import { presentCommunity } from "../../presenters/community/community.ts";

export const buildingRoutes: Handlers<keyof typeof buildingOperations> = {
  "POST /api/communities/:id/buildings/preview": ({ deps, actor, params, upload }) =>
    previewBuildings(deps, actor, params.id, upload?.bytes ?? Buffer.alloc(0)),
  "POST /api/communities/:id/buildings": async (call) =>
    presentCommunity(await importBuildings(call.deps, call, call.params.id, call.body.buildings)),
  "POST /api/communities/:id/buildings/remove": async (call) =>
    presentCommunity(await removeBuilding(call.deps, call, call.params.id, call.body)),
};
