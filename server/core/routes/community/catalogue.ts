import type { catalogueOperations } from "../../../../contract/catalogue.ts";
import { readCatalogue, saveService } from "../../usecases/community/edit-catalogue.ts";
import type { Handlers } from "../../http/handler.ts";
import { presentCatalogueService } from "../../presenters/community/community.ts";

export const catalogueRoutes: Handlers<keyof typeof catalogueOperations> = {
  "GET /api/communities/:id/catalogue": async ({ deps, actor, params }) => ({
    items: (await readCatalogue(deps, actor, params.id)).map(presentCatalogueService),
    nextCursor: null,
  }),
  "PUT /api/communities/:id/catalogue/:serviceCode": async (call) => {
    const { deps, params, body } = call;
    const given = { ...body.service, serviceCode: params.serviceCode };
    return presentCatalogueService(await saveService(deps, call, params.id, given, body.seen));
  },
};
