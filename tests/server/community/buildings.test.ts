import { writeXlsx } from "hucre/xlsx";
import { beforeAll, describe, expect, it } from "vitest";
import { createSheets } from "../../../server/adapters/sheets/read-sheet.ts";
import type { Api } from "../../support/api.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const { deps, relay } = world;

let token: string;
let clerk: Api;
beforeAll(async () => {
  const user = await world.staff("committee");
  clerk = await world.as(user);
  token = deps.tokens.issueAccess(user.id, "0".repeat(24), deps.clock.now());
});

interface Preview {
  rows: number;
  faults: { row: number; fault: string }[];
  buildings: { name: string; units: string[] }[];
  added: { buildings: number; units: number; known: number };
}

async function upload(bytes: Uint8Array, communityId = "east"): Promise<{ code: string | null; body: Preview }> {
  const form = new FormData();
  form.append("file", new Blob([new Uint8Array(bytes)]), "list");
  const response = await fetch(`${world.base}/api/communities/${communityId}/buildings/preview`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    body: form,
  });
  const body = (await response.json()) as Preview & { error?: { code: string } };
  return { code: body.error?.code ?? null, body };
}

const csv = (...lines: string[]): Buffer => Buffer.from(lines.join("\r\n"));
/** Bytes as written by `iconv -t GBK`. */
const gbk = Buffer.from("c2a5b6b02cb5a5d4aa0d0a31bac5c2a52c31b5a5d4aa0d0a3130bac5c2a52c32b5a5d4aa0d0a", "hex");
const confirm = (buildings: Preview["buildings"], key?: string) =>
  clerk.call("POST /api/communities/:id/buildings", {
    params: { id: "east" },
    body: { buildings },
    ...(key ? { key } : {}),
  });
const listOf = async () => (await deps.store.communities.load("east"))?.value.buildings;

describe("a list of buildings", () => {
  it.each<[string, () => Buffer | Promise<Uint8Array>]>([
    [
      "UTF-8 with a byte order mark",
      () => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), csv("楼栋,单元", "1号楼,1单元", "10号楼,2单元")]),
    ],
    ["UTF-8 without one, tabs", () => csv("楼栋\t单元", "1号楼\t1单元", "10号楼\t2单元")],
    ["GBK, as Excel in China saves it", () => gbk],
    [
      "UTF-16, as Excel's Unicode text",
      () =>
        Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("楼栋\t单元\n1号楼\t1单元\n10号楼\t2单元", "utf16le")]),
    ],
    [
      "XLSX",
      () =>
        writeXlsx({
          sheets: [
            {
              name: "a",
              rows: [
                ["楼栋", "单元"],
                ["1号楼", "1单元"],
                ["10号楼", "2单元"],
              ],
            },
          ],
        }),
    ],
  ])("is read from %s", async (_what, bytes) => {
    const { body } = await upload(await bytes());
    expect(body).toMatchObject({
      rows: 2,
      faults: [],
      buildings: [
        { name: "1号楼", units: ["1单元"] },
        { name: "10号楼", units: ["2单元"] },
      ],
    });
  });

  it("names faults by the row of the file, and writes nothing", async () => {
    const before = await listOf();
    const { body } = await upload(
      csv(
        "备注,楼栋,单元",
        ",3号楼,1单元",
        ",,2单元",
        "",
        ",3号楼,1单元",
        ',=HYPERLINK("http://a/"),1单元',
        `,${"长".repeat(21)},1单元`,
        ",2026-01-02,1单元",
        `,4号楼,${"长".repeat(1_500_000 / 3)}`,
      ),
    );
    expect(body.rows).toBe(7);
    expect(body.faults.map(({ row, fault }) => [row, fault])).toEqual([
      [3, "building-missing"],
      [5, "twice"],
      [6, "name-invalid"],
      [7, "too-long"],
      [8, "date"],
      [9, "too-long"],
    ]);
    expect(body.added).toEqual({ buildings: 1, units: 1, known: 0 });
    expect(await listOf()).toEqual(before);
  });

  it("is imported on confirmation, in numerical order, with one event; a second import changes nothing", async () => {
    const { body } = await upload(csv("楼栋,单元", "10号楼,1单元、2单元", "3号楼,", "1号楼,1单元"));
    expect(body.added).toEqual({ buildings: 2, units: 2, known: 1 });
    await confirm(body.buildings);
    expect((await confirm(body.buildings)).ok.buildings.map(({ name }) => name)).toEqual([
      "1号楼",
      "2号楼",
      "3号楼",
      "10号楼",
    ]);
    expect((await upload(csv("楼栋,单元", "10号楼,1单元、2单元", "3号楼,"))).body.added).toEqual({
      buildings: 0,
      units: 0,
      known: 3,
    });
    await relay.drain();
    const rows = (await clerk.call("GET /api/log", { query: { type: "community.buildings_imported" } })).ok.items;
    expect(rows.map(({ data }) => data)).toEqual([{ buildings: 2, units: 2, known: 1 }]);
  });

  it("of two simultaneous imports is kept from both", async () => {
    const lists = ["甲", "乙", "丙", "丁"].map((name) => [{ name: `${name}楼`, units: ["1单元"] }]);
    const answers = await Promise.all(lists.map((list, n) => confirm(list, `import-${n}-key`)));
    expect(answers.map(({ code }) => code)).toEqual([null, null, null, null]);
    const names = (await listOf())?.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(["甲楼", "乙楼", "丙楼", "丁楼"]));
  });

  it.each<[string, () => Buffer | Promise<Uint8Array>, string]>([
    ["a picture", () => Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0]), "sheet.unreadable"],
    [
      "an old .xls",
      () => Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(600)]),
      "sheet.unreadable",
    ],
    [
      "a zip that is no sheet",
      () => Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), Buffer.alloc(100)]),
      "sheet.unreadable",
    ],
    ["a list without heads", () => csv("1号楼,1单元"), "sheet.columns_missing"],
    [
      "too many rows",
      () => csv("楼栋,单元", ...Array.from({ length: 5_001 }, (_, n) => `${n}号楼,1单元`)),
      "sheet.too_large",
    ],
    ["a large file", () => Buffer.alloc(3 * 1024 * 1024, "a"), "sheet.too_large"],
  ])("%s is refused", async (_what, bytes, code) => {
    expect((await upload(await bytes())).code).toBe(code);
  });

  it("that is a zip bomb is refused before decompression, and a false size is not exceeded", async () => {
    const sheet = Buffer.from(
      await writeXlsx({
        sheets: [
          {
            name: "a",
            rows: [
              ["楼栋", "单元"],
              ["1号楼", "1单元"],
            ],
          },
        ],
      }),
    );
    // Sets the uncompressed sizes in the zip's central directory.
    const says = (bytes: number): Buffer => {
      const bomb = Buffer.from(sheet);
      for (let at = bomb.indexOf("PK\u0001\u0002"); at >= 0; at = bomb.indexOf("PK\u0001\u0002", at + 4))
        bomb.writeUInt32LE(bytes, at + 24);
      return bomb;
    };
    const sheets = createSheets();
    await expect(sheets.read(says(500_000_000))).rejects.toMatchObject({ code: "sheet.too_large" });
    await expect(sheets.read(says(10))).rejects.toMatchObject({ code: "sheet.unreadable" });
    await expect(sheets.read(says(0))).rejects.toMatchObject({ code: "sheet.unreadable" });
  });

  it("is imported by the committee of that community only", async () => {
    expect((await upload(csv("楼栋,单元", "1号楼,1单元"), "west")).code).toBe("auth.forbidden");
    const others = [
      await world.staff("committee", ["west"]),
      await world.cadre(),
      await world.staff("supervisor"),
      await world.resident(),
    ];
    for (const user of others) {
      const api = await world.as(user);
      const answer = await api.call("POST /api/communities/:id/buildings", {
        params: { id: "east" },
        body: { buildings: [{ name: "假楼", units: [] }] },
      });
      expect(answer.code).toBe("auth.forbidden");
    }
    expect((await listOf())?.some(({ name }) => name === "假楼")).toBe(false);
  });

  it("is refused completely when one name is invalid", async () => {
    const before = await listOf();
    const answer = await confirm([
      { name: "新楼", units: [] },
      { name: "+1", units: [] },
    ]);
    expect(answer.code).toBe("community.building_invalid");
    expect(await listOf()).toEqual(before);
  });
});
