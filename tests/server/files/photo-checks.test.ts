import { describe, expect, it } from "vitest";
import { createMemoryAnchors } from "../../../server/log/anchors.ts";
import { verifyLog } from "../../../server/log/verify-log.ts";
import { housekeeping } from "../../../server/core/jobs/housekeeping.ts";
import { checkPhotos, continuePhotoChecks } from "../../../server/core/usecases/files/check-photos.ts";
import type { Api } from "../../support/api.ts";
import { phonePhoto } from "../../support/photos.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const MEDIA = "/wxa/media_check_async";
const anchors = createMemoryAnchors();
const world = await openWorld({ anchors });
const { deps, clock, relay, wechat } = world;
wechat.holdVerdicts(true);
const anyone = await world.as(null);
const cadre = await world.as(await world.cadre());
const clerk = await world.as(await world.staff("committee"));
const picture = await phonePhoto({ width: 80, height: 60 });

let people = 0;
/** A resident who logged in through WeChat, with a photo. */
async function inWeChat() {
  const openid = `o-photo-${++people}`;
  const login = { body: { code: wechat.issueCode(openid) } };
  const { accessToken, user } = (await anyone.call("POST /api/auth/wechat", login)).ok;
  const api = await world.as(await deps.store.users.find(user.id));
  const home = {
    ...{ communityId: "east", name: "周一", phone: "13500000000" },
    building: "1号楼",
    unit: "1单元",
    room: "101",
  };
  await api.call("POST /api/me/registration", { body: home });
  const form = new FormData();
  form.append("file", new Blob([new Uint8Array(picture)], { type: "image/jpeg" }), "photo.jpg");
  const headers = { authorization: `Bearer ${accessToken}` };
  const uploaded = await fetch(`${world.base}/api/uploads`, { method: "POST", body: form, headers });
  return { openid, api, photo: ((await uploaded.json()) as { id: string }).id };
}
const file = async (api: Api, photo: string) =>
  (await api.call("POST /api/requests", { body: submission({ fileIds: [photo] }) })).ok.id;
const seen = async (api: Api, id: string) => (await api.call("GET /api/requests/:id", { params: { id } })).ok.files;
const notices = async (api: Api) => (await api.call("GET /api/inbox")).ok.items.map(({ type }) => type);

describe("a photo from WeChat", () => {
  it("is visible to its sender only until WeChat has passed it", async () => {
    const { api, photo } = await inWeChat();
    const id = await file(api, photo);
    const [mine] = await seen(api, id);
    expect(mine).toMatchObject({ check: "checking", url: expect.stringContaining(photo) });
    expect((await fetch(`${world.base}${mine!.url}`)).status).toBe(200);
    expect(await seen(cadre, id)).toMatchObject([{ id: photo, check: "checking", url: "" }]);
    const [event] = await wechat.pushVerdicts();
    expect(event).toMatchObject({ errcode: 0, result: { suggest: "pass" } });
    expect(await seen(cadre, id)).toMatchObject([{ check: "passed", url: expect.stringContaining(photo) }]);
  });

  it("is visible to nobody when it is rejected; the sender is notified once, however often WeChat repeats it, and the request stays", async () => {
    const { api, photo } = await inWeChat();
    wechat.markPhoto(photo, "risky");
    const id = await file(api, photo);
    const [mine] = await seen(api, id);
    const [event] = await wechat.pushVerdicts();
    for (let n = 0; n < 3; n++) expect(await wechat.push(event!)).toBe(true);
    await relay.drain();
    expect(await seen(cadre, id)).toEqual([]);
    expect(await seen(api, id)).toMatchObject([{ check: "rejected", url: "" }]);
    expect((await fetch(`${world.base}${mine!.url}`)).status).toBe(404);
    expect(await notices(api)).toEqual(["photo.rejected"]);
    expect((await api.call("GET /api/requests/:id", { params: { id } })).ok.status).toBe("queued");
    // A later pass of another check does not restore it.
    await deps.files.checks.pass(photo, "passed");
    expect(await seen(cadre, id)).toEqual([]);
  });

  it("gets its verdict even if that comes before its trace is known or before its request is written", async () => {
    const { api, photo } = await inWeChat();
    wechat.markPhoto(photo, "risky");
    const { checks } = deps.files;
    const { asked } = checks;
    checks.asked = async (id, traceId) => {
      await wechat.pushVerdicts();
      return asked(id, traceId);
    };
    const id = await file(api, photo);
    checks.asked = asked;
    expect(await seen(api, id)).toMatchObject([{ check: "rejected" }]);
    expect((await deps.files.checks.find(photo))!.version).toBe(0);
    await continuePhotoChecks(deps);
    await continuePhotoChecks(deps);
    await relay.drain();
    expect(await notices(api)).toEqual(["photo.rejected"]);
  });

  it("is submitted once by two processes, again after half an hour, and goes to the committee after an hour", async () => {
    const { api, photo, openid } = await inWeChat();
    const id = await file(api, photo);
    const asked = () => wechat.calls.get(MEDIA) ?? 0;
    const before = asked();
    await Promise.all([checkPhotos(deps), checkPhotos(deps)]);
    expect(asked() - before).toBe(0);
    clock.pass(31);
    wechat.visit(openid);
    await Promise.all([continuePhotoChecks(deps), continuePhotoChecks(deps)]);
    expect(asked() - before).toBe(1);
    clock.pass(31);
    await Promise.all([continuePhotoChecks(deps), continuePhotoChecks(deps)]);
    await relay.drain();
    const waiting = (await clerk.call("GET /api/photo-reviews")).ok.items.find((item) => item.id === photo)!;
    expect(waiting).toMatchObject({ requestId: id });
    expect((await fetch(`${world.base}${waiting.url}`)).status).toBe(200);
    expect(await seen(cadre, id)).toMatchObject([{ check: "checking", url: "" }]);
    await clerk.call("POST /api/photo-reviews/:id", { params: { id: photo }, body: { verdict: "pass" } });
    await relay.drain();
    expect(await seen(cadre, id)).toMatchObject([{ check: "passed" }]);
    expect((await clerk.call("GET /api/photo-reviews")).ok.items.some((item) => item.id === photo)).toBe(false);
    expect(await notices(api)).toEqual(["photo.passed"]);
    // A late verdict changes nothing.
    await wechat.pushVerdicts();
    expect(await seen(cadre, id)).toMatchObject([{ check: "passed" }]);
  });

  it("is submitted again when WeChat was unavailable, and filing does not wait for it", async () => {
    const { api, photo } = await inWeChat();
    wechat.failNext("hang up", MEDIA);
    const id = await file(api, photo);
    expect(await seen(api, id)).toMatchObject([{ check: "checking" }]);
    await continuePhotoChecks(deps);
    await wechat.pushVerdicts();
    expect(await seen(cadre, id)).toMatchObject([{ check: "passed" }]);
  });

  it("that WeChat is not sure of waits for the committee of its own community, which may also refuse it", async () => {
    const { api, photo } = await inWeChat();
    wechat.markPhoto(photo, "review");
    const id = await file(api, photo);
    await wechat.pushVerdicts();
    const elsewhere = await world.as(await world.staff("committee", ["west"]));
    const reject = { params: { id: photo }, body: { verdict: "reject" } } as const;
    expect((await elsewhere.call("POST /api/photo-reviews/:id", reject)).code).toBe("file.unknown");
    expect((await cadre.call("POST /api/photo-reviews/:id", reject)).code).toBe("auth.forbidden");
    expect((await clerk.call("POST /api/photo-reviews/:id", reject)).status).toBe(204);
    expect((await clerk.call("POST /api/photo-reviews/:id", reject)).status).toBe(204);
    await relay.drain();
    expect(await seen(api, id)).toMatchObject([{ check: "rejected" }]);
    expect(await notices(api)).toEqual(["photo.rejected"]);
  });

  it("that waits moves with its request to another community, whose committee alone then sees it and decides", async () => {
    const { api, photo } = await inWeChat();
    wechat.markPhoto(photo, "review");
    const id = await file(api, photo);
    await wechat.pushVerdicts();
    const there = await world.as(await world.staff("committee", ["west"]));
    const listed = async (who: Api) =>
      (await who.call("GET /api/photo-reviews")).ok.items.some((item) => item.id === photo);
    expect([await listed(clerk), await listed(there)]).toEqual([true, false]);
    const params = { id };
    await clerk.call("POST /api/requests/:id/ask-transfer", { params, body: { to: "west", reason: "住在西苑那边" } });
    await there.call("POST /api/requests/:id/accept-transfer", { params });
    await relay.drain();
    expect([await listed(clerk), await listed(there)]).toEqual([false, true]);
    const pass = { params: { id: photo }, body: { verdict: "pass" } } as const;
    expect((await clerk.call("POST /api/photo-reviews/:id", pass)).code).toBe("file.unknown");
    expect((await there.call("POST /api/photo-reviews/:id", pass)).status).toBe(204);
    expect(await seen(api, id)).toMatchObject([{ check: "passed" }]);
  });
});

describe("a photo that WeChat cannot check", () => {
  it("passes at once, and the committee may withdraw it", async () => {
    const { api, photo, openid } = await inWeChat();
    await deps.store.identities.removeOf((await api.call("GET /api/me")).ok.id);
    expect(openid).toBeTruthy();
    const id = await file(api, photo);
    expect(await seen(cadre, id)).toMatchObject([{ check: "passed" }]);
    await clerk.call("POST /api/photo-reviews/:id", { params: { id: photo }, body: { verdict: "reject" } });
    expect(await seen(cadre, id)).toEqual([]);
  });
});

describe("a verdict", () => {
  it("is stored while its trace may still become known, and no longer", async () => {
    const { checks } = deps.files;
    await checks.noteVerdict("long-ago", "pass", clock.now());
    clock.pass(24 * 60 + 1);
    await checks.noteVerdict("lately", "pass", clock.now());
    await housekeeping.run(deps);
    expect([await checks.verdictOn("long-ago"), await checks.verdictOn("lately")]).toMatchObject([
      null,
      { verdict: "pass" },
    ]);
  });
});

describe("all events of photo checks", () => {
  it("are in the log, which verifies", async () => {
    await relay.drain();
    expect((await verifyLog(deps.store, deps.keys, anchors)).faults).toEqual([]);
  });
});
