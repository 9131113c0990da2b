import type { exports } from "../../../contract/modules/exports.ts";
import { askForExport } from "../../../server/modules/exports/usecases/exports.ts";
import { writeNextExport } from "../../../server/modules/exports/writing/write-export.ts";
import type { ModulePermissions } from "../../support/authorization/module-permissions.ts";
import { above, aboveThere, committees, row } from "../../support/authorization/rows.ts";
import { type Scene, asking } from "../../support/authorization/stage.ts";

const ofEast = { communityId: "east" };
const ownExports = row(["clerk"], "auth.forbidden", { "export.unknown": ["supervisor", "admin", ...aboveThere] });

/** An export of a clerk; `done`: with its file. */
const anExport =
  (done: boolean): Scene =>
  async (stage) => {
    const { deps, relay } = stage.world;
    const wish = { communityId: "east", kind: "requests", format: "csv", filter: {}, reason: null } as const;
    const { id } = await askForExport(deps, { ...(await asking(stage, "clerk")), authenticatedAt: null }, wish);
    if (done) {
      await relay.drain();
      while ((await deps.exports.load(id))?.value.state !== "done") await writeNextExport(deps, "writer");
    }
    return { params: { id }, about: id };
  };

export const permissions: ModulePermissions<keyof typeof exports.operations> = {
  rows: {
    "POST /api/exports": row(above),
    "POST /api/exports (in clear)": committees,
    "POST /api/exports (of a community that is not)": row([]),
    "GET /api/exports": row([...above, ...aboveThere]),
    "GET /api/exports/:id": ownExports,
    "POST /api/exports/:id/cancel": ownExports,
    "POST /api/exports/:id/download": ownExports,
  },
  scenes: {
    "POST /api/exports": () => ({ body: { ...ofEast, kind: "log", format: "csv" } }),
    "POST /api/exports (in clear)": () => ({
      body: { ...ofEast, kind: "log", format: "csv", clearFor: "回访要用" },
    }),
    "POST /api/exports (of a community that is not)": () => ({
      body: { communityId: "nowhere", kind: "log", format: "csv" },
    }),
    "GET /api/exports": () => ({}),
    "GET /api/exports/:id": anExport(false),
    "POST /api/exports/:id/cancel": anExport(false),
    "POST /api/exports/:id/download": anExport(true),
  },
};
