import { Readable } from "node:stream";
import { parseCsv } from "hucre/csv";
import { readXlsx } from "hucre/xlsx";
import { describe, expect, it } from "vitest";
import type { Input } from "../../../contract/index.ts";
import { expireExports, writeNextExport } from "../../../server/modules/exports/writing/write-export.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { deps, relay, clock } = world;
const staff = await world.staff("committee");
const clerk = await world.as(staff);
const resident = await world.resident();
const mine = await world.as(resident);
const FORMULA = '=HYPERLINK("http://evil","点我")';
for (let n = 0; n < 3; n++) {
  await mine.call("POST /api/requests", { body: submission({ title: n ? `第${n}件` : FORMULA }) });
}
await relay.drain();

type Wish = Input<"POST /api/exports">["body"];
const ask = async (over: Partial<Wish> = {}) =>
  (
    await clerk.call("POST /api/exports", {
      body: { communityId: "east", kind: "requests", format: "csv", ...over },
    })
  ).ok;

async function fetchFile(id: string, user = staff): Promise<Response> {
  const token = deps.tokens.issueAccess(user.id, "a".repeat(24), clock.now(), { authenticatedAt: clock.now() });
  return fetch(`${world.base}/api/exports/${id}/download`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
  });
}

const written = async (over: Partial<Wish> = {}): Promise<Response> => {
  const { id } = await ask(over);
  expect(await writeNextExport(deps, "writer")).toBe(true);
  return fetchFile(id);
};

describe("an export", () => {
  it("as CSV begins with a byte order mark, has every row, and escapes formulas", async () => {
    const response = await written();
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const [heads, ...rows] = parseCsv(bytes.toString("utf8").slice(1));
    expect(rows).toHaveLength(3);
    const titles = rows.map((row) => row[heads?.indexOf("诉求") ?? 0]);
    expect(titles).toContain(`'${FORMULA}`);
    expect(response.headers.get("content-disposition")).toMatch(/^attachment; /);
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  it("as XLSX can be opened, and its texts are texts", async () => {
    const response = await written({ format: "xlsx" });
    const { sheets } = await readXlsx(new Uint8Array(await response.arrayBuffer()));
    const rows = sheets[0]?.rows ?? [];
    expect(rows).toHaveLength(4);
    expect(rows.flat()).toContain(FORMULA);
  });

  it("has the filters of the page that asked for it", async () => {
    const rows = async (over: Partial<Wish>) => parseCsv((await (await written(over)).text()).trim()).length - 1;
    const { items } = (await clerk.call("GET /api/requests", { query: { scope: "community" } })).ok;
    const [request] = items;
    expect([await rows({ open: "true" }), await rows({ open: "false" })]).toEqual([3, 0]);
    expect(await rows({ requestNo: request?.requestNo ?? "" })).toBe(1);
    expect(await rows({ requestNo: "没有" })).toBe(0);
    expect(await rows({ kind: "log", requestId: request?.id ?? "" })).toBe(1);
  });

  it("of the log has its rows in order of position, with their seals", async () => {
    const response = await written({ kind: "log", type: "request.submitted" });
    const [heads, ...rows] = parseCsv((await response.text()).replace(/^\uFEFF/, ""));
    expect(heads?.[0]).toBe("序号");
    expect(rows.map((row) => Number(row[0]))).toEqual(rows.map((row) => Number(row[0])).toSorted((a, b) => a - b));
    expect(rows).toHaveLength(3);
  });

  it("masks names, phones and homes", async () => {
    const text = await (await written()).text();
    const home = deps.keys.open(resident.registration!.room, "room");
    for (const secret of [resident.name!, deps.keys.open(resident.phone!, "phone"), `,${home},`]) {
      expect(text).not.toContain(secret);
    }
  });

  it("in clear needs a reason, which is in the log before data are read", async () => {
    await relay.drain();
    const { id } = await ask({ clearFor: "走访核对住址" });
    await relay.drain();
    const log = await deps.store.log.list({ communityIds: ["east"], type: "export.asked" }, "desc", 1);
    expect(log.items[0]?._id).toBe(`${id}:1`);
    expect(log.items[0]?.payload).toContain("走访核对住址");
    await writeNextExport(deps, "writer");
    expect(await (await fetchFile(id)).text()).toContain(deps.keys.open(resident.phone!, "phone"));
    await relay.drain();
    expect(await deps.store.log.has([`${id}:2`])).toEqual(new Set([`${id}:2`]));
  });

  it("in clear decrypts nothing and fails while the log cannot be written", async () => {
    const { id } = await ask({ clearFor: "走访核对住址" });
    let opened = 0;
    const keys = {
      ...deps.keys,
      open: (...sealed: Parameters<typeof deps.keys.open>) => (opened++, deps.keys.open(...sealed)),
    };
    // The relay does not run, so the audit row cannot be recorded.
    expect(await writeNextExport({ ...deps, keys, recordTimeoutMs: 50 }, "writer")).toBe(true);
    expect(opened).toBe(0);
    expect((await clerk.call("GET /api/exports/:id", { params: { id } })).ok).toMatchObject({
      state: "failed",
      rows: 0,
    });
  });

  it("of many pages has each row once", async () => {
    const other = await world.as(await world.resident("west"));
    const west = await world.staff("committee", ["west"]);
    await Promise.all(
      Array.from({ length: 210 }, () =>
        other.call("POST /api/requests", { body: submission({ communityId: "west" }) }),
      ),
    );
    const api = await world.as(west);
    const wish = { communityId: "west", kind: "requests", format: "csv" } as const;
    const { id } = (await api.call("POST /api/exports", { body: wish })).ok;
    await writeNextExport(deps, "writer");
    const rows = parseCsv(await (await fetchFile(id, west)).text()).slice(1);
    expect(new Set(rows.map((row) => row[0])).size).toBe(210);
    expect((await api.call("GET /api/exports/:id", { params: { id } })).ok).toMatchObject({ state: "done", rows: 210 });
  });
});

describe("nobody else", () => {
  it.each([
    ["a resident", async () => resident],
    ["a cadre", async () => world.cadre()],
  ])("may export: %s", async (_who, someone) => {
    const api = await world.as(await someone());
    const body = { communityId: "east", kind: "requests", format: "csv" } as const;
    expect((await api.call("POST /api/exports", { body })).code).toBe("auth.forbidden");
  });

  it("may export another community, or, as a supervisor, in clear", async () => {
    const west = await world.as(await world.staff("committee", ["west"]));
    const body = { communityId: "east", kind: "requests", format: "csv" } as const;
    expect((await west.call("POST /api/exports", { body })).code).toBe("auth.forbidden");
    const supervisor = await world.as(await world.staff("supervisor", ["east", "west"]));
    expect((await supervisor.call("POST /api/exports", { body })).status).toBe(201);
    expect((await supervisor.call("POST /api/exports", { body: { ...body, clearFor: "看看" } })).code).toBe(
      "auth.forbidden",
    );
    while (await writeNextExport(deps, "writer"));
  });

  it("includes single ratings for a supervisor, whose pages have none", async () => {
    const above = await world.staff("supervisor");
    const body = { communityId: "east", kind: "requests", format: "csv" } as const;
    const { id } = (await (await world.as(above)).call("POST /api/exports", { body })).ok;
    while (await writeNextExport(deps, "writer"));
    const heads = async (file: Response) => parseCsv((await file.text()).slice(1))[0];
    const ratings = ["居民认定", "响应分", "态度分", "结果分"];
    expect((await heads(await fetchFile(id, above)))?.filter((head) => ratings.includes(String(head)))).toEqual([]);
    expect(await heads(await written())).toEqual(expect.arrayContaining(ratings));
  });

  it("may see or fetch it", async () => {
    const { id } = await ask();
    await writeNextExport(deps, "writer");
    const colleague = await world.staff("committee");
    expect((await (await world.as(colleague)).call("GET /api/exports/:id", { params: { id } })).code).toBe(
      "export.unknown",
    );
    expect((await fetchFile(id, colleague)).status).toBe(404);
  });

  it("who now has a role in the subdistrict may download a clerk's export in clear", async () => {
    const mover = await world.staff("committee");
    const body = { communityId: "east", kind: "requests", format: "csv", clearFor: "走访核对住址" } as const;
    const { id } = (await (await world.as(mover)).call("POST /api/exports", { body })).ok;
    await relay.drain();
    await writeNextExport(deps, "writer");
    expect((await fetchFile(id, mover)).status).toBe(200);
    const { memberships } = await world.staff("supervisor", ["east"]);
    await deps.store.users.update(mover.id, { memberships, actingAs: memberships[0]!.id });
    expect((await fetchFile(id, mover)).status).toBe(403);
  });

  it("whose post has ended may download it", async () => {
    const leaver = await world.staff("committee");
    const api = await world.as(leaver);
    const body = { communityId: "east", kind: "requests", format: "csv" } as const;
    const { id } = (await api.call("POST /api/exports", { body })).ok;
    await writeNextExport(deps, "writer");
    await deps.store.users.update(leaver.id, { memberships: [], actingAs: null });
    expect((await fetchFile(id, leaver)).status).toBe(403);
  });
});

describe("failures", () => {
  it("is not ready: the file cannot be fetched yet", async () => {
    const { id } = await ask();
    expect((await fetchFile(id)).status).toBe(409);
    await writeNextExport(deps, "writer");
  });

  it("asked for twice with one key, there is one export", async () => {
    const body = { communityId: "east", kind: "requests", format: "csv" } as const;
    const key = "one-export-key";
    const [a, b] = await Promise.all([1, 2].map(() => clerk.call("POST /api/exports", { body, key })));
    expect(a?.ok.id).toBe(b?.ok.id);
    expect((await clerk.call("POST /api/exports", { body: { ...body, format: "xlsx" }, key })).code).toBe(
      "idempotency.key_reused",
    );
    expect(await writeNextExport(deps, "writer")).toBe(true);
    expect(await writeNextExport(deps, "writer")).toBe(false);
  });

  it("canceled, it is not written, even when its writer is in the middle of it", async () => {
    const { id } = await ask();
    const taken = await deps.exports.take("writer", clock.now(), clock.now());
    expect(taken?.id).toBe(id);
    expect((await clerk.call("POST /api/exports/:id/cancel", { params: { id } })).ok.state).toBe("canceled");
    expect(await deps.exports.progress(id, "writer", 1, clock.now())).toBe(false);
    expect(await deps.exports.finish(id, "writer", { state: "done", rows: 1, bytes: 1, finishedAt: clock.now() })).toBe(
      false,
    );
    expect((await fetchFile(id)).status).toBe(409);
  });

  it("a writer that died is replaced after its lease, and writes nothing afterwards", async () => {
    const { id } = await ask();
    await deps.exports.take("dead", clock.now(), new Date(clock.now().getTime() + 30_000));
    expect(await writeNextExport(deps, "next")).toBe(false);
    clock.pass(1);
    expect(await writeNextExport(deps, "next")).toBe(true);
    expect(await deps.exports.progress(id, "dead", 1, clock.now())).toBe(false);
    expect((await fetchFile(id)).status).toBe(200);
  });

  it("a writer that was paused past its lease deletes nothing of its successor's", async () => {
    for (const wakes of ["in the middle", "at the end"]) {
      const { id } = await ask();
      const succeed = async (): Promise<void> => {
        clock.pass(1);
        expect(await writeNextExport(deps, "next")).toBe(true);
      };
      const exports: typeof deps.exports = {
        ...deps.exports,
        finish: async (...end) => {
          if (wakes === "at the end") await succeed();
          return deps.exports.finish(...end);
        },
      };
      const rest = async () => (wakes === "in the middle" ? succeed() : undefined);
      expect(await writeNextExport({ ...deps, exports, rest }, "first")).toBe(true);
      const response = await fetchFile(id);
      expect([wakes, response.status]).toEqual([wakes, 200]);
      expect(parseCsv((await response.text()).trim())).toHaveLength(4);
      expect(await deps.exports.openFile({ id, lease: { holder: "first", until: clock.now() } })).toBeNull();
    }
  });

  it("interrupted, it leaves nothing behind, and complete files stay", async () => {
    const whole = await ask();
    await writeNextExport(deps, "writer");
    const { exports, keys } = deps;
    const left = async () => JSON.stringify(await world.dump()).length;
    const empty = await left();
    const body = Readable.from(
      (async function* () {
        yield Buffer.alloc(1_200_000, 1);
        await expect.poll(left).toBeGreaterThan(empty + 500_000);
        throw new Error("killed");
      })(),
    );
    const { id } = await ask();
    await expect(exports.writeFile(id, "dying", body, keys.sealStream(`export ${id}`))).rejects.toThrow("killed");
    expect(await left()).toBeGreaterThan(empty + 500_000);
    await exports.removeBroken(new Date(Date.now() + 1_000));
    expect(await left()).toBeLessThan(empty + 100_000);
    expect((await fetchFile(whole.id)).status).toBe(200);
    await clerk.call("POST /api/exports/:id/cancel", { params: { id } });
  });

  it("after a day, the file is deleted", async () => {
    const { id } = await ask();
    await writeNextExport(deps, "writer");
    clock.pass(24 * 60 + 1);
    expect((await fetchFile(id)).status).toBe(409);
    await expireExports(deps);
    expect((await clerk.call("GET /api/exports/:id", { params: { id } })).ok.state).toBe("expired");
    expect(await deps.exports.openFile((await deps.exports.load(id))!.value)).toBeNull();
  });
});
