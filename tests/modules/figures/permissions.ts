import type { figures } from "../../../contract/modules/figures.ts";
import type { ModulePermissions } from "../../support/authorization/module-permissions.ts";
import { above, aboveThere, anyCadre, row } from "../../support/authorization/rows.ts";

const ofEast = { communityId: "east" };
const period = { from: "2026-03-01", to: "2026-03-31" };

export const permissions: ModulePermissions<keyof typeof figures.operations> = {
  rows: {
    "GET /api/figures": row([...above, ...aboveThere]),
    "GET /api/figures (of a community)": row(above),
    "GET /api/figures/mine": row(anyCadre),
    "GET /api/figures/callbacks": row([...above, ...aboveThere]),
    "GET /api/figures/callbacks (of a community)": row(above),
    "GET /api/handling-cycles": row([...above, ...aboveThere]),
    "GET /api/handling-cycles (of a community)": row(above),
  },
  scenes: {
    "GET /api/figures": () => ({ query: { ...period, by: "service" } }),
    "GET /api/figures (of a community)": () => ({ query: { ...period, ...ofEast, by: "service" } }),
    "GET /api/figures/mine": () => ({ query: period }),
    "GET /api/figures/callbacks": () => ({ query: period }),
    "GET /api/figures/callbacks (of a community)": () => ({ query: { ...period, ...ofEast } }),
    "GET /api/handling-cycles": () => ({ query: { ...period, of: "opened" } }),
    "GET /api/handling-cycles (of a community)": () => ({ query: { ...period, ...ofEast, of: "opened" } }),
  },
};
