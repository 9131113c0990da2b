import { parseCsv } from "hucre/csv";
import { describe, expect, it } from "vitest";
import { writeNextExport } from "../../server/modules/exports/writing/write-export.ts";
import { freeText, maskFreeText } from "../../server/core/domain/privacy/free-text.ts";
import { maskNumbers } from "../../server/core/domain/privacy/mask.ts";
import { lookupTerms, queryWords, searchTerms } from "../../server/log/search.ts";
import { createMemoryAnchors } from "../../server/log/anchors.ts";
import { eraseRows } from "../../server/log/erase-rows.ts";
import { verifyLog } from "../../server/log/verify-log.ts";
import { indexLog } from "../../server/log/usecases/index-log.ts";
import { readRow } from "../../server/log/read-row.ts";
import { submission } from "../support/requests.ts";
import { openWorld } from "../support/world.ts";

const anchors = createMemoryAnchors();
const world = await openWorld({ anchors });
const { deps, relay } = world;
const staff = await world.staff("committee");
const clerk = await world.as(staff);

const texts = [
  "厨房水管漏水，楼下都淋湿了",
  "电梯又坏了，老人上不去楼",
  "三楼楼道灯不亮，晚上看不清",
  "漏水水管找谁修",
  "WiFi信号不好，5G也慢，物业说要等",
  "ＷＩＦＩ密码忘了",
  "小狗夜里一直叫，睡不着",
  "孩子幼升小要居住证，居委会能开吗",
  "居民委员会什么时候开会",
  "居委和村委会都问过了",
  "取件码 8-2-1007，麻烦代取",
  "𠮷野家楼下的油烟太大",
];
const resident = await world.resident();
const mine = await world.as(resident);
for (const description of texts) await mine.call("POST /api/requests", { body: submission({ description }) });
await relay.drain();

const search = async (q: string, over: object = {}, api = clerk) => {
  const items = [];
  for (let cursor: string | undefined; ;) {
    const query = { communityId: "east", q, limit: 3, ...over, ...(cursor ? { cursor } : {}) };
    const page = (await api.call("GET /api/log", { query })).ok;
    items.push(...page.items);
    if (!page.nextCursor) return items;
    cursor = page.nextCursor;
  }
};
const said = async (q: string, over: object = {}): Promise<unknown[]> =>
  (await search(q, over)).map(({ data }) => data["title"]);

/** The expected result, computed without index and segmenter: every row is read and searched for each word. */
async function scan(words: readonly string[]): Promise<string[]> {
  const rows = await deps.store.log.after("east", 0, 1_000);
  return rows
    .filter((row) => {
      const { data, actor } = readRow(row);
      const all = [...freeText(data), (data["cadreName"] ?? "") as string].join("\n").normalize("NFKC").toLowerCase();
      const staffName = ["resident", "system"].includes(actor.role) ? actor.name : "";
      const whole = new Set(all.split(/[^\p{L}\p{N}]+|(?<=\p{Script=Han})|(?=\p{Script=Han})/u));
      return words.every((word) =>
        /\p{Script=Han}/u.test(word) ? `${all}\n${staffName}`.includes(word) : whole.has(word),
      );
    })
    .map(({ _id }) => _id);
}

describe("a search of the service log", () => {
  it.each([
    ["漏水"], ["水"], ["狗"], ["漏水管"], ["电梯坏了"], ["楼下 漏水"], ["居委会"], ["wifi"], ["WIFI 密码"], ["5g信号"], ["1007"],
    ["油烟"], ["𠮷"], ["没有人写过的话"], ["！？，"],
  ])("finds for %s what a scan of every row finds", async (q) => {
    const words = queryWords(q);
    const found = (await search(q)).map(({ id }) => id);
    expect(found.toSorted()).toEqual(words.length ? (await scan(words)).toSorted() : []);
    expect(new Set(found).size).toBe(found.length);
  }); // prettier-ignore

  it("finds words anywhere, reports which, and finds nothing that only has parts of them", async () => {
    expect(await said("居委会")).toEqual([texts[7]]);
    expect(await said("坏了电梯")).toEqual([texts[1]]);
    expect(await said("wifi")).toEqual([texts[4], texts[5]]);
    expect((await search("楼下漏水"))[0]?.found).toEqual(["楼下", "漏水"]);
    expect(await said("漏水", { type: "request.claimed" })).toEqual([]);
    expect(await said("漏水", { order: "desc" })).toEqual([texts[3], texts[0]]);
  });

  it.each(["漏水", "水", "电梯坏了", "5G 信号", "居委会"])(
    "asks for %s with terms that whatever says the words must have",
    (q) => {
      const words = queryWords(q);
      const saying = texts.filter((text) => words.every((word) => text.toLowerCase().includes(word)));
      const without = saying.filter((text) => lookupTerms(words).some((term) => !searchTerms([text]).includes(term)));
      expect(saying.length).toBeGreaterThan(0);
      expect(without).toEqual([]);
    },
  );

  it("does not find what it may not show: a resident's name, a rating for a cadre", async () => {
    const cadre = await world.cadre("east", { name: "岳清风" });
    const his = await world.as(cadre);
    const owner = await world.resident();
    const api = await world.as(owner);
    const { id } = (await api.call("POST /api/requests", { body: submission() })).ok;
    const params = { id };
    await his.call("POST /api/requests/:id/claim", { params });
    await his.call("POST /api/requests/:id/first-contact", { params, body: { note: "电话里约了七点" } });
    await his.call("POST /api/requests/:id/resolve", { params, body: { result: "包裹送到门口" } });
    const scores = { response: 5, attitude: 5, result: 5 } as const;
    await api.call("POST /api/requests/:id/rate", {
      params,
      body: { outcome: "solved", scores, comment: "态度特别温和", tags: [] },
    });
    await relay.drain();
    expect(await search("特别温和")).toHaveLength(1);
    expect(await search("特别温和", {}, his)).toEqual([]);
    expect(await search("约了七点", {}, his)).toHaveLength(1);
    expect(await search("岳清风")).toHaveLength(3);
    expect(await search(owner.name!)).toEqual([]);
    expect((await his.call("GET /api/log", { query: { communityId: "west", q: "漏水" } })).code).toBe("auth.forbidden");
  });

  it("also filters an export", async () => {
    const body = { communityId: "east", kind: "log", format: "csv", q: "漏水" } as const;
    const { id } = (await clerk.call("POST /api/exports", { body })).ok;
    await writeNextExport(deps, "writer");
    const token = deps.tokens.issueAccess(staff.id, "a".repeat(24), deps.clock.now());
    const file = await fetch(`${world.base}/api/exports/${id}/download`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}` },
    });
    expect(parseCsv((await file.text()).trim()).slice(1)).toHaveLength(2);
  });

  it("finds no erased text, even after the terms were recomputed, and the chain verifies", async () => {
    const rows = await deps.store.log.after("east", 0, 1_000);
    const gone = rows.find(({ payload }) => payload?.includes("小狗夜里")) ?? expect.fail("no such row");
    expect(await search("小狗")).toHaveLength(1);
    const erasure = { rule: "account_closed", at: world.clock.now() } as const;
    await eraseRows(deps.store, [gone], erasure);
    expect(await search("小狗")).toEqual([]);
    await deps.store.log.index([{ id: gone._id, pos: gone.pos, terms: ["小狗"] }]);
    await indexLog(deps);
    const kept = (await world.dump()).filter((one) => (one as { payloadHash?: string }).payloadHash !== undefined);
    expect(kept.length).toBeGreaterThan(10);
    expect(JSON.stringify(kept)).not.toContain("小狗");
    expect(await search("漏水")).toHaveLength(2);
    expect((await verifyLog(deps.store, deps.keys, anchors)).faults).toEqual([]);
  });

  it("finds rows older than the search once their terms were computed", async () => {
    const rows = await deps.store.log.after("east", 0, 1_000);
    await deps.store.log.index(rows.map(({ _id, pos }) => ({ id: _id, pos, terms: [] })));
    expect(await search("漏水")).toEqual([]);
    const { rows: count } = await indexLog(deps);
    expect(count).toBe(rows.length);
    expect(await search("漏水")).toHaveLength(2);
  });
});

describe("numbers in free text", () => {
  it.each([
    ["打我电话13912345678，晚上在", "打我电话139****5678，晚上在"],
    ["打 139 1234 5678 或 139-1234-5678", "打 139****5678 或 139****5678"],
    ["+86 13912345678、8613912345678、139.1234.5678", "139****5678、139****5678、139****5678"],
    ["310117 19650312 4587，３１０１１７１９６５０３１２４５８７", "310117**********87，310117**********87"],
    ["全角１３９１２３４５６７８也是", "全角139****5678也是"],
    ["身份证310117196503124587请代办", "身份证310117**********87请代办"],
    ["31011719650312458x", "310117**********8x"],
    ["老证 310117650312458 还能用吗", "老证 310117*******58 还能用吗"],
    ["座机 021-55500001，订单 202611241234567890123，取件码 8-2-1007", null],
    ["快递单号 4301139123456789012", null],
  ])("%s", (text, masked) => {
    expect(maskNumbers(text)).toBe(masked ?? text);
  });

  it("are masked in words only, at any depth", () => {
    const input = {
      phone: "13912345678",
      contact: { name: "王", phone: "13912345678" },
      answers: { when: "打13912345678" },
      timeWindow: { label: "打13912345678" },
      items: [{ text: "打13912345678" }],
      at: new Date(0),
    };
    expect(maskFreeText(input)).toEqual({
      ...input,
      answers: { when: "打139****5678" },
      timeWindow: { label: "打139****5678" },
      items: [{ text: "打139****5678" }],
    });
  });

  it("are stored nowhere: not in the request, the log, the inbox or the terms", async () => {
    const api = await world.as(await world.resident());
    const description = "煤气表坏了，打我 13987654321，身份证 310117196503124587";
    const { id, description: kept } = (await api.call("POST /api/requests", { body: submission({ description }) })).ok;
    expect(kept).toBe("煤气表坏了，打我 139****4321，身份证 310117**********87");
    await api.call("POST /api/requests/:id/message", { params: { id }, body: { text: "或者 139-8765-4321" } });
    await relay.drain();
    const dump = JSON.stringify(await world.dump());
    for (const secret of ["13987654321", "139-8765-4321", "310117196503124587"]) expect(dump).not.toContain(secret);
    expect(await search("煤气表")).toHaveLength(1);
  });
});
