import { mergeAccounts } from "../../../server/core/usecases/accounts/merge-accounts.ts";
import { Writable } from "node:stream";
import { pino } from "pino";
import { beforeAll, describe, expect, it } from "vitest";
import type { DomainEvent } from "../../../server/kernel/event.ts";
import { type OwnData, operations } from "../../../contract/index.ts";
import { type ExportPart, exportParts } from "../../../server/core/domain/privacy/retention-periods.ts";
import type { User } from "../../../server/core/domain/accounts/user.ts";
import type { Api } from "../../support/api.ts";
import { rawDump } from "../../support/dump.ts";
import { phonePhoto } from "../../support/photos.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const lines: string[] = [];
const sink = new Writable({
  write(chunk: Buffer, _encoding, done) {
    lines.push(chunk.toString());
    done();
  },
});
const world = await openWorld({ log: pino({ level: "trace" }, sink), app: { logRequests: true } });
const { deps, relay, clock } = world;
const SCRIPT = "<script>alert('甲')</script>";
/** A time window as labelled on the evening of 30 April. */
const morning = { label: "明早 7:30–9:30", from: "2026-04-30T23:30:00.000Z", to: "2026-05-01T01:30:00.000Z" };
let resident: User;
let mine: Api;
let neighbour: User;
let cadre: User;
let data: OwnData;
let page: string;

/** A resident with data of every kind, and a neighbour with some data. */
beforeAll(async () => {
  [resident, neighbour, cadre] = [await world.resident(), await world.resident(), await world.cadre()];
  mine = await world.as(resident);
  const his = await world.as(cadre);
  const clerk = await world.as(await world.staff("committee"));
  const form = new FormData();
  form.set("file", new Blob([new Uint8Array(await phonePhoto())]), "x.jpg");
  const token = deps.tokens.issueAccess(resident.id, "a".repeat(24), clock.now());
  const headers = { authorization: `Bearer ${token}` };
  const { id: photo } = (await (
    await fetch(`${world.base}/api/uploads`, { method: "POST", body: form, headers })
  ).json()) as { id: string };
  const body = submission({ description: `门禁坏了${SCRIPT}`, fileIds: [photo], timeWindow: morning });
  const params = { id: (await mine.call("POST /api/requests", { body })).ok.id };
  await his.call("POST /api/requests/:id/claim", { params });
  await mine.call("POST /api/requests/:id/message", { params, body: { text: "我八点到家" } });
  await his.call("POST /api/requests/:id/internal-note", { params, body: { text: "这家难说话" } });
  await his.call("POST /api/requests/:id/resolve", { params, body: { result: "换了读卡器" } });
  const scores = { response: 5, attitude: 4, result: 5 };
  await mine.call("POST /api/requests/:id/rate", {
    params,
    body: { outcome: "solved", scores, tags: ["快"], comment: "谢谢" },
  });
  await mine.call("POST /api/complaints", { body: { communityId: "east", text: "楼道堆物" } });
  const [template] = (await mine.call("GET /api/notify/templates")).ok.items;
  const answers = [{ templateId: template?.templateId ?? "", answer: "accept" as const }];
  await mine.call("POST /api/notify/consents", { body: { answers }, key: "consent-1" });
  const theirs = await world.as(neighbour);
  const other = {
    id: (await theirs.call("POST /api/requests", { body: submission({ description: "邻居的事" }) })).ok.id,
  };
  await his.call("POST /api/requests/:id/claim", { params: other });
  await deps.store.sessions.create({
    ...{ id: "c".repeat(24), userId: resident.id, generation: 1, rotatedAt: clock.now() },
    ...{ device: "微信 · iPhone", front: "weapp", createdAt: clock.now() },
    expiresAt: new Date(clock.now().getTime() + 86_400_000),
  });
  relay.start();
  const look = { of: "request" as const, field: "phone" as const, reason: "核对走访名单" };
  await clerk.call("POST /api/reveals", { body: { ...look, id: params.id } });
  await clerk.call("POST /api/reveals", { body: { ...look, id: other.id, reason: "看邻居" } });
  await relay.stop();
  await relay.drain();
  const exported = (await mine.call("GET /api/me/export")).ok;
  ({ data, page } = exported);
});

describe("a resident's export", () => {
  /** Where the export contains each part that the data register lists. */
  const found: Record<ExportPart | "complaints", () => unknown> = {
    profile: () => data.profile.registration?.room,
    requests: () => data.requests[0]?.place.room,
    messages: () => data.requests[0]?.messages.find(({ author }) => author.mine)?.text,
    photos: () => data.photos[0]?.url,
    ratings: () => data.requests[0]?.rating?.comment,
    complaints: () => data.complaints[0]?.text,
    consents: () => data.consents[0]?.state,
    notices: () => data.notices[0]?.text,
    deliveries: () => data.deliveries[0]?.channel,
    sessions: () => data.sessions[0]?.lastUsedAt,
    record: () => data.record[0]?.type,
  };

  it.each(exportParts)("has %s", (part) => expect(found[part]()).toBeTruthy());

  it("has phone and home in full, also on the page to read", () => {
    const phone = deps.keys.open(resident.phone!, "phone");
    const room = deps.keys.open(resident.registration!.room, "room");
    expect(data.profile).toMatchObject({ name: resident.name, phone, registration: { phone, room } });
    for (const word of [
      resident.name!,
      phone,
      `1号楼1单元${room}`,
      "我八点到家",
      "换了读卡器",
      "谢谢",
      "楼道堆物",
      "核对走访名单",
      "2026-05-01 07:30 至 2026-05-01 09:30",
    ])
      expect(page).toContain(word);
    expect(page).not.toContain("明早");
    expect(page).not.toContain(SCRIPT);
    expect(page).toContain("&lt;script&gt;");
  });

  it("has nothing of anybody else, and nothing that staff write among themselves", () => {
    const text = JSON.stringify({ data, page });
    for (const word of [
      neighbour.name!,
      neighbour.id,
      deps.keys.open(neighbour.phone!, "phone"),
      "邻居的事",
      "看邻居",
      "难说话",
    ])
      expect(text).not.toContain(word);
    expect(data.reveals).toMatchObject([{ field: "phone", role: "committee", reason: "核对走访名单" }]);
  });

  it("is made for the caller and stored nowhere: no operation takes another's id", async () => {
    const staff = [
      await world.as(await world.staff("committee")),
      await world.as(await world.staff("admin", [])),
      await world.as(cadre),
    ];
    for (const api of staff) {
      const theirs = JSON.stringify((await api.call("GET /api/me/export")).ok);
      expect(theirs).not.toContain(resident.name);
      expect(theirs).not.toContain("我八点到家");
    }
    expect((await (await world.as(null)).call("GET /api/me/export")).code).toBe("auth.required");
    expect(Object.keys(operations).filter((key) => /export/.test(key) && /me/.test(key))).toEqual([
      "GET /api/me/export",
    ]);
    const room = deps.keys.open(resident.registration!.room, "room");
    const needles = [deps.keys.open(resident.phone!, "phone"), `1单元${room}`, "我的数据"];
    for (const { bytes } of await rawDump(world.database))
      for (const needle of needles) expect(bytes.includes(needle)).toBe(false);
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.filter((line) => needles.some((needle) => line.includes(needle)))).toEqual([]);
  });

  it("marks no notice as read, and is not made by the hundred", async () => {
    expect(data.notices.every(({ readAt }) => readAt === null)).toBe(true);
    const codes: (string | null)[] = [];
    for (let n = 0; n < 10; n++) codes.push((await mine.call("GET /api/me/export")).code);
    expect(codes.at(-1)).toBe("rate.limited");
    expect(codes.slice(0, 8).every((code) => code === null)).toBe(true);
  });

  it("has also what was done under an account that was merged", async () => {
    const merged = await deps.store.users.create({ name: "旧账号" });
    const fields = { communityId: "east", userId: merged.id, name: "旧账号", requestId: null, requestNo: null };
    const at = clock.now();
    const event: DomainEvent<"complaint.filed"> = {
      ...{ version: 1, type: "complaint.filed", at, communityId: "east", requestId: null, requestNo: null },
      ...{ serviceCode: null, actor: { id: merged.id, role: "resident", name: "" }, data: {} },
      subjects: { residentId: merged.id, handlerId: null, previousHandlerId: null },
      about: { kind: "complaint", id: "d".repeat(24), no: null },
    };
    await deps.complaints.insert(
      { id: "d".repeat(24), version: 1, text: "并进来的", at, answer: null, ...fields },
      event,
      null,
    );
    const into = await world.resident();
    await mergeAccounts(deps, into, merged);
    const whole = (await (await world.as(into)).call("GET /api/me/export")).ok.data;
    expect(whole.complaints.map(({ text }) => text)).toEqual(["并进来的"]);
  });
});

describe("what is kept", () => {
  it("is said with its reason, how long, and what closing leaves; who looked is named", async () => {
    const open = (await mine.call("POST /api/requests", { body: submission({ title: "还没办的" }) })).ok;
    const said = (await mine.call("GET /api/me/data")).ok;
    expect(said.kept.length).toBeGreaterThan(15);
    for (const { what, why, kept, closing } of said.kept)
      for (const word of [what, why, kept, closing]) expect(word).not.toBe("");
    expect(said.reveals).toMatchObject([{ field: "phone", reason: "核对走访名单" }]);
    expect(said.reveals[0]?.name).not.toBe("");
    expect(said.open).toEqual([{ id: open.id, requestNo: open.requestNo, title: "还没办的", status: "queued" }]);
    expect(said).toMatchObject({ counts: { requests: 2, photos: 1 }, holdsPost: false });
    expect((await (await world.as(cadre)).call("GET /api/me/data")).ok).toMatchObject({
      holdsPost: true,
      open: [],
      reveals: [],
    });
  });
});
