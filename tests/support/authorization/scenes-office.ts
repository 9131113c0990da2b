import { settingsOf } from "../../../server/core/domain/community/community-settings.ts";
import { revisionOf } from "../../../server/kernel/revision.ts";
import { attachPhotos } from "../../../server/core/usecases/files/attach-photos.ts";
import { phonePhoto } from "../photos.ts";
import { newId } from "../../../server/kernel/ids.ts";
import { type Scenes, next, requestOf } from "./stage.ts";

const east = { params: { id: "east" } };
const ofEast = { communityId: "east" };
const photo = await phonePhoto({ width: 40, height: 30 });

/** Scenes for operations of the committee and the subdistrict, and for public data of communities. */
export const officeScenes = {
  "GET /api/communities": () => ({}),
  "GET /api/communities/:id": () => east,
  "GET /api/communities/:id/services": () => east,
  "GET /api/communities/:id/duty": () => east,
  "GET /api/communities/:id/cadres": () => east,
  "GET /api/communities/:id/templates": () => east,
  "PUT /api/communities/:id/templates": () => ({ ...east, body: { revision: revisionOf([]), items: [] } }),

  "GET /api/log": () => ({}),
  "GET /api/log (of a community)": () => ({ query: ofEast }),
  "GET /api/audit": () => ({}),
  "GET /api/audit (of a community)": () => ({ query: ofEast }),
  "GET /api/log/anchors": () => ({ query: ofEast }),
  "POST /api/log/verify": () => ({ body: ofEast }),

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
    const requestId = await requestOf(stage, { content: { fileIds: [id] } });
    await attachPhotos(deps, [id], [owner.id], { kind: "request", id: requestId });
    return { params: { id }, body: { verdict: "reject" }, about: id };
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
    const community = (await world.deps.store.communities.load("east"))!.value;
    const { phone, address, officeHours, workingHours } = community;
    const revision = revisionOf(settingsOf(community));
    return {
      ...east,
      body: { revision, phone, address, officeHours, workingHours, unitHead: "沈国强", offerMinutes: next() % 60 },
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
