import { attachPhotos } from "../../../server/core/usecases/files/attach-photos.ts";
import { phonePhoto } from "../photos.ts";
import { writeNextExport } from "../../../server/modules/exports/writing/write-export.ts";
import { askForExport } from "../../../server/modules/exports/usecases/exports.ts";
import { askOrganization } from "../../../server/modules/co-handling/usecases/ask-organization.ts";
import { takeTaskStep } from "../../../server/modules/co-handling/usecases/take-task-step.ts";
import { fileComplaint } from "../../../server/modules/complaints/usecases/file-complaint.ts";
import { newId } from "../../../server/kernel/ids.ts";
import { type Scene, type Scenes, type Stage, asking, next, requestOf } from "./stage.ts";

const east = { params: { id: "east" } };
const period = { from: "2026-03-01", to: "2026-03-31" };
const ofEast = { communityId: "east" };
const photo = await phonePhoto({ width: 40, height: 30 });

/** A task of the partner's organization, of a request in the handler's hands. */
const task =
  (state: "asked" | "accepted", body?: (stage: Stage) => Promise<object>): Scene =>
  async (stage) => {
    const { deps } = stage.world;
    const organization = (await stage.cast.user("partner")).memberships[0]!.organizationName ?? "";
    const requestId = await requestOf(stage, { status: "handling" });
    const ask = { organization, text: "请换楼道灯", hours: 8 };
    await askOrganization(deps, await asking(stage, "handler"), requestId, ask);
    const [made] = await deps.store.coTasks.ofRequest(requestId);
    const { id } = made!;
    if (state === "accepted") await takeTaskStep(deps, await asking(stage, "partner"), id, "accept", {});
    return { params: { id }, about: id, ...(body ? { body: await body(stage) } : {}) };
  };

/** An export that a clerk has asked for; `done`: with its file. */
const anExport =
  (done: boolean): Scene =>
  async (stage) => {
    const { deps, relay } = stage.world;
    const wish = { communityId: "east", kind: "requests", format: "csv", filter: {}, reason: null } as const;
    const { id } = await askForExport(deps, await asking(stage, "clerk"), wish);
    if (done) {
      await relay.drain();
      while ((await deps.exports.load(id))?.value.state !== "done") await writeNextExport(deps, "writer");
    }
    return { params: { id }, about: id };
  };

/** What the committee, the subdistrict, organizations and everybody's offices do. */
export const officeScenes = {
  "GET /api/communities": () => ({}),
  "GET /api/communities/:id": () => east,
  "GET /api/communities/:id/services": () => east,
  "GET /api/communities/:id/duty": () => east,
  "GET /api/communities/:id/cadres": () => east,
  "GET /api/organizations": () => ({}),
  "GET /api/co-tasks": () => ({}),
  "GET /api/co-tasks/:id": task("asked"),
  "POST /api/co-tasks/:id/accept": task("asked"),
  "POST /api/co-tasks/:id/refuse": task("asked"),
  "POST /api/co-tasks/:id/progress": task("accepted"),
  "POST /api/co-tasks/:id/finish": task("accepted"),
  "POST /api/co-tasks/:id/withdraw": task("accepted"),
  "POST /api/co-tasks/:id/reassign": task("accepted", async ({ cast }) => ({
    organization: (await cast.user("otherPartner")).memberships[0]!.organizationName,
  })),
  "GET /api/communities/:id/templates": () => east,
  "PUT /api/communities/:id/templates": () => ({ ...east, body: { items: [] } }),

  "GET /api/log": () => ({}),
  "GET /api/log (of a community)": () => ({ query: ofEast }),
  "GET /api/audit": () => ({}),
  "GET /api/audit (of a community)": () => ({ query: ofEast }),
  "GET /api/log/anchors": () => ({ query: ofEast }),
  "POST /api/log/verify": () => ({ body: ofEast }),
  "GET /api/figures": () => ({ query: { ...period, by: "service" } }),
  "GET /api/figures (of a community)": () => ({ query: { ...period, ...ofEast, by: "service" } }),
  "GET /api/figures/mine": () => ({ query: period }),
  "GET /api/figures/callbacks": () => ({ query: period }),
  "GET /api/figures/callbacks (of a community)": () => ({ query: { ...period, ...ofEast } }),
  "GET /api/rounds": () => ({ query: { ...period, of: "opened" } }),
  "GET /api/rounds (of a community)": () => ({ query: { ...period, ...ofEast, of: "opened" } }),
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
  "GET /api/exports/:id/file": anExport(true),

  "POST /api/uploads": () => ({ file: { bytes: photo, type: "image/jpeg" } }),
  async "GET /api/files/:id"({ world, cast }) {
    const { id } = await world.deps.files.stage((await cast.user("owner")).id, photo, world.clock.now());
    const url = new URL(world.deps.files.url(id, world.clock.now()), world.base);
    return { params: { id }, query: Object.fromEntries(url.searchParams) };
  },
  "GET /api/photo-reviews": () => ({}),
  async "POST /api/photo-reviews/:id"(stage) {
    const { deps, clock } = stage.world;
    const owner = await stage.cast.user("owner");
    const { id } = await deps.files.stage(owner.id, photo, clock.now());
    const requestId = await requestOf(stage, { fileIds: [id] });
    await attachPhotos(deps, [id], [owner.id], { kind: "request", id: requestId });
    return { params: { id }, body: { verdict: "reject" }, about: id };
  },
  "POST /api/complaints": () => ({ body: { ...ofEast, text: "窗口没有人" } }),
  async "POST /api/complaints (about a request)"(stage) {
    const requestId = await requestOf(stage, { status: "handling" });
    return { body: { ...ofEast, text: "等了很久", requestId }, about: requestId };
  },
  "GET /api/complaints": () => ({}),
  async "POST /api/complaints/:id/answer"(stage) {
    const { id } = await fileComplaint(stage.world.deps, await asking(stage, "owner"), { ...ofEast, text: "没有人" });
    return { params: { id }, about: id };
  },
  "GET /api/demo/accounts": () => ({}),
  "GET /healthz": () => ({}),
  "GET /readyz": () => ({}),

  "POST /api/communities/:id/buildings/preview": () => ({
    ...east,
    file: { bytes: Buffer.from("楼栋,单元\n9号楼,1单元\n"), type: "text/csv" },
  }),
  "POST /api/communities/:id/buildings/remove": () => ({
    ...east,
    body: { building: "99号楼" },
  }),
  "POST /api/communities/:id/buildings": () => ({
    ...east,
    body: { buildings: [{ name: `${next()}号楼`, units: ["1单元"] }] },
  }),
  "GET /api/communities/:id/settings": () => east,
  "PUT /api/communities/:id/settings": async ({ world }) => {
    const { phone, address, officeHours, workingHours } = (await world.deps.store.communities.find("east"))!;
    return {
      ...east,
      body: { phone, address, officeHours, workingHours, unitHead: "沈国强", offerMinutes: next() % 60 },
    };
  },
  "GET /api/communities/:id/catalogue": () => east,
  "PUT /api/communities/:id/catalogue/:serviceCode": () => {
    const serviceCode = `kind-${newId()}`;
    const service = {
      ...{ group: "errands", groupTitle: "代办", title: `新事项${next()}`, description: "说明", keywords: [] },
      ...{ questions: [], urgency: "normal", respondMinutes: 60, resolveMinutes: 600, clock: "always" },
      ...{ positions: ["综合"], identityRequired: false, emergencyNotice: null },
      knowledgeCard: { bring: [], ask: [], say: [] },
    };
    return { params: { id: "east", serviceCode }, body: { service, seen: 0 } };
  },
} satisfies Scenes;
