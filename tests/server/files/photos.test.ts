import { attachPhotos } from "../../../server/core/usecases/files/attach-photos.ts";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import type { FileRef } from "../../../contract/index.ts";
import type { User } from "../../../server/core/domain/accounts/user.ts";
import { sweepFiles } from "../../../server/core/usecases/files/sweep-files.ts";
import { noisePhoto, phonePhoto } from "../../support/photos.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { deps, clock } = world;

async function upload(user: User | null, bytes: Buffer, part = "file") {
  const form = new FormData();
  form.append(part, new Blob([new Uint8Array(bytes)], { type: "image/jpeg" }), "photo.jpg");
  const headers = user
    ? { authorization: `Bearer ${deps.tokens.issueAccess(user.id, "0".repeat(24), clock.now())}` }
    : undefined;
  const response = await fetch(`${world.base}/api/uploads`, {
    method: "POST",
    body: form,
    ...(headers ? { headers } : {}),
  });
  const json = (await response.json()) as FileRef & { state: string; bytes: number; error?: { code: string } };
  return { status: response.status, code: json.error?.code ?? null, file: json };
}
const get = (url: string) => fetch(`${world.base}${url}`);

const half = (await phonePhoto()).subarray(0, 900);

describe("an upload", () => {
  it("is re-encoded: upright, at most 1920 px, without EXIF and location", async () => {
    const original = await phonePhoto({ width: 4000, height: 3000 });
    expect(original.includes("Phone")).toBe(true);
    const { status, file } = await upload(await world.resident(), original);
    expect(status).toBe(201);
    expect(file).toMatchObject({ state: "staged", width: 1440, height: 1920 });
    const served = await get(file.url);
    expect(served.headers.get("content-type")).toBe("image/jpeg");
    const bytes = Buffer.from(await served.arrayBuffer());
    expect(bytes.length).toBe(file.bytes);
    const meta = await sharp(bytes).metadata();
    expect(meta).toMatchObject({ format: "jpeg", width: 1440, height: 1920 });
    expect([meta.exif, meta.xmp, meta.iptc, meta.orientation]).toEqual([undefined, undefined, undefined, undefined]);
    expect(bytes.includes("Phone")).toBe(false);
  });

  it.each([
    ["words", Buffer.from("just words, whatever the name says")],
    [
      "a program that draws",
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'),
    ],
    ["half a picture", half],
    ["a page", Buffer.from("%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>")],
  ])("of %s is refused by its content", async (_what, bytes) => {
    expect(await upload(await world.resident(), bytes)).toMatchObject({ status: 422, code: "file.not_an_image" });
  });

  it("is refused when the day's quota is used up", async () => {
    const user = await world.resident();
    const { limits } = await import("../../../server/core/usecases/accounts/limits.ts");
    const { uploadDay, uploadDayKilobytes } = limits;
    const photo = await phonePhoto();
    const kilobytes = Math.ceil(photo.length / 1024);
    await deps.limiter.hit(`uploadDayKilobytes:${user.id}`, uploadDayKilobytes, uploadDayKilobytes.most - kilobytes);
    expect((await upload(user, photo)).status).toBe(201);
    expect(await upload(user, photo)).toMatchObject({ status: 429, code: "rate.limited" });
    const other = await world.resident();
    await deps.limiter.hit(`uploadDay:${other.id}`, uploadDay, uploadDay.most - 1);
    // The quota has room for one of five simultaneous uploads.
    const answers = await Promise.all(Array.from({ length: 5 }, () => upload(other, photo)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ code }) => code === "rate.limited")).toHaveLength(4);
    expect((await upload(await world.resident(), photo)).status).toBe(201);
  });

  it("of more than 10 MB is refused", async () => {
    expect(await upload(await world.resident(), Buffer.alloc(10 * 1024 * 1024 + 1))).toMatchObject({
      status: 413,
      code: "file.too_large",
    });
  });

  it("without the part, or without a login, is refused", async () => {
    expect(await upload(await world.resident(), await phonePhoto(), "other")).toMatchObject({
      status: 422,
      code: "file.missing",
    });
    expect(await upload(null, await phonePhoto())).toMatchObject({ status: 401, code: "auth.required" });
  });
});

describe("a picture's address", () => {
  it("is valid for ten minutes and for this picture only", async () => {
    const owner = await world.resident();
    const [one, other] = [
      (await upload(owner, await phonePhoto())).file,
      (await upload(owner, await phonePhoto())).file,
    ];
    expect((await get(one.url)).status).toBe(200);
    expect((await get(one.url.replace(one.id, other.id))).status).toBe(403);
    expect((await get(one.url.replace(/expires=(\d+)/, (_, at: string) => `expires=${Number(at) + 60}`))).status).toBe(
      403,
    );
    clock.pass(11);
    expect((await get(one.url)).status).toBe(403);
  });
});

describe("attaching", () => {
  it("shows the pictures to those who may see the request, and attaches no picture twice", async () => {
    const owner = await world.resident();
    const mine = await world.as(owner);
    const { id } = (await upload(owner, await phonePhoto())).file;
    const filed = (await mine.call("POST /api/requests", { body: submission({ fileIds: [id] }) })).ok;
    expect(filed.files).toMatchObject([{ id, width: 600, height: 800 }]);
    const cadre = await world.as(await world.cadre());
    const seen = (await cadre.call("GET /api/requests/:id", { params: { id: filed.id } })).ok;
    expect((await get(seen.files[0]!.url)).status).toBe(200);
    expect((await mine.call("POST /api/requests", { body: submission({ fileIds: [id] }) })).code).toBe("file.unknown");
  });

  it("takes nine photos at once, each nearly of the size that is allowed", { timeout: 60_000 }, async () => {
    const owner = await world.resident();
    const large = await noisePhoto();
    expect(large.length).toBeGreaterThan(8 * 1024 * 1024);
    expect(large.length).toBeLessThan(10 * 1024 * 1024);
    const sent = await Promise.all(Array.from({ length: 9 }, () => upload(owner, large)));
    expect(sent.map(({ status }) => status)).toEqual(sent.map(() => 201));
    const fileIds = sent.map(({ file }) => file.id);
    const filed = (await (await world.as(owner)).call("POST /api/requests", { body: submission({ fileIds }) })).ok;
    expect(filed.files.map(({ id }) => id)).toEqual(fileIds);
  });

  it("is for the owner only", async () => {
    const { id } = (await upload(await world.resident(), await phonePhoto())).file;
    const thief = await world.as(await world.resident());
    expect((await thief.call("POST /api/requests", { body: submission({ fileIds: [id] }) })).code).toBe(
      "file.not_yours",
    );
  });

  it("of a repeated submission works", async () => {
    const owner = await world.resident();
    const mine = await world.as(owner);
    const { id } = (await upload(owner, await phonePhoto())).file;
    const send = () => mine.call("POST /api/requests", { body: submission({ fileIds: [id] }), key: "with-photo-1" });
    const answers = await Promise.all([send(), send(), send()]);
    expect(new Set(answers.map((answer) => answer.ok.id)).size).toBe(1);
  });

  it("is refused for a request or a task that the sender cannot resolve", async () => {
    const mine = await world.as(await world.resident());
    const filed = (await mine.call("POST /api/requests", { body: submission() })).ok;
    const stranger = await world.cadre("west");
    const colleague = await world.cadre();
    for (const [user, code] of [
      [stranger, "request.unknown"],
      [colleague, "request.not_allowed"],
    ] as const) {
      const { id } = (await upload(user, await phonePhoto())).file;
      const body = { result: "送到了", fileIds: [id] };
      const refused = await (
        await world.as(user)
      ).call("POST /api/requests/:id/resolve", {
        params: { id: filed.id },
        body,
      });
      expect(refused.code).toBe(code);
      expect((await deps.files.describe([id]))[0]?.state).toBe("staged");
    }
  });

  it("in messages and results", async () => {
    const [resident, cadre] = [await world.resident(), await world.cadre()];
    const [mine, his] = [await world.as(resident), await world.as(cadre)];
    const { id } = (await mine.call("POST /api/requests", { body: submission() })).ok;
    const params = { id };
    await his.call("POST /api/requests/:id/claim", { params });
    const talk = (await upload(resident, await phonePhoto())).file.id;
    await mine.call("POST /api/requests/:id/message", { params, body: { text: "是这个包裹", fileIds: [talk] } });
    const proof = (await upload(cadre, await phonePhoto())).file.id;
    await his.call("POST /api/requests/:id/resolve", { params, body: { result: "已送到", fileIds: [proof] } });
    const detail = (await mine.call("GET /api/requests/:id", { params })).ok;
    expect(detail.messages[0]?.files).toMatchObject([{ id: talk }]);
    expect(detail.result?.files).toMatchObject([{ id: proof }]);
  });
});

describe("the sweep", () => {
  const state = async (id: string) => ((await deps.files.describe([id])).length ? "there" : "gone");

  it("deletes pictures that nobody used within a day, and keeps those that are shown", async () => {
    const owner = await world.resident();
    const mine = await world.as(owner);
    const [used, unused] = [
      (await upload(owner, await phonePhoto())).file.id,
      (await upload(owner, await phonePhoto())).file.id,
    ];
    await mine.call("POST /api/requests", { body: submission({ fileIds: [used] }) });
    clock.pass(23 * 60);
    await sweepFiles(deps);
    expect([await state(used), await state(unused)]).toEqual(["there", "there"]);
    clock.pass(2 * 60);
    await sweepFiles(deps);
    await sweepFiles(deps);
    expect([await state(used), await state(unused)]).toEqual(["there", "gone"]);
    const response = await fetch(`${world.base}${deps.files.url(unused, clock.now())}`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: "file.gone" } });
  });

  it("deletes pictures that were attached to a request that was never filed, but not at once", async () => {
    const owner = await world.resident();
    const { id } = (await upload(owner, await phonePhoto())).file;
    clock.pass(10 * 60);
    await attachPhotos(deps, [id], [owner.id], { kind: "request", id: "f".repeat(24) });
    await sweepFiles(deps);
    expect(await state(id)).toBe("there");
    clock.pass(61);
    await sweepFiles(deps);
    expect(await state(id)).toBe("gone");
  });

  it("keeps pictures of a target that only a later version knows", async () => {
    const owner = await world.resident();
    const { id } = (await upload(owner, await phonePhoto())).file;
    await attachPhotos(deps, [id], [owner.id], { kind: "later", id: "f".repeat(24) });
    clock.pass(61);
    await sweepFiles(deps);
    await sweepFiles(deps);
    expect(await state(id)).toBe("there");
  });

  it("leaves nothing of a deleted picture in the database", async () => {
    const { file } = await upload(await world.resident(), await phonePhoto());
    expect(JSON.stringify(await world.dump())).toContain(file.id);
    clock.pass(25 * 60);
    await sweepFiles(deps);
    expect(JSON.stringify(await world.dump())).not.toContain(file.id);
  });
});
