import type { ownDataOperations } from "../../../../contract/own-data.ts";
import { listOwnData, readOwnData } from "../../usecases/accounts/own-data.ts";
import type { Handlers } from "../../http/handler.ts";
import { nameOf, presentOwnData, presentOwnList } from "../../presenters/accounts/own-data.ts";

export const ownDataRoutes: Handlers<keyof typeof ownDataOperations> = {
  "GET /api/me/data": async ({ deps, actor }) => presentOwnList(await listOwnData(deps, actor)),
  "GET /api/me/export": async ({ deps, actor }) => {
    const own = await readOwnData(deps, actor);
    const data = presentOwnData(deps, own);
    // React is loaded by the first export, not at the start of every process.
    const { ownDataPage } = await import("../../presenters/accounts/own-data-page.ts");
    return { data, page: ownDataPage(data, deps.modules.ownDataSections(data)), name: nameOf(own) };
  },
};
