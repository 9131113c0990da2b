import { describe, expect, it } from "vitest";
import { partsOf } from "../../console/components/highlight.tsx";
import { logQuery, readLogFilters, writeFilters } from "../../console/lib/filters.ts";
import { MAX_VIEWS, readHidden, readViews, withView } from "../../console/lib/log-views.ts";

describe("saved views", () => {
  it("that cannot be read are ignored", () => {
    for (const broken of [null, "x", 3, {}, [null, 1, { name: "" }, { name: "甲" }]])
      expect(readViews(broken)).toEqual([]);
    expect(readViews([{ name: "甲", search: "type=a.b", hidden: ["seal", "pos", 7] }])).toEqual([
      { name: "甲", search: "type=a.b", hidden: ["seal"] },
    ]);
    expect(readHidden("seal")).toEqual([]);
  });

  it("of one name replace each other, and the oldest is dropped when there are too many", () => {
    const view = (name: string, search = "") => ({ name, search, hidden: [] });
    expect(withView([view("甲"), view("乙")], view("甲", "q=x"))).toEqual([view("乙"), view("甲", "q=x")]);
    const many = Array.from({ length: MAX_VIEWS }, (_, n) => view(String(n)));
    expect(withView(many, view("新")).map(({ name }) => name)).toEqual([
      ...many.slice(1).map(({ name }) => name),
      "新",
    ]);
  });
});

describe("a search", () => {
  it("is stored in the address and sent to the API", () => {
    const filters = readLogFilters(new URLSearchParams({ q: "  漏水 厨房 " }));
    expect(filters.q).toBe("漏水 厨房");
    expect(writeFilters(filters).get("q")).toBe("漏水 厨房");
    expect(logQuery(filters)).toMatchObject({ q: "漏水 厨房", order: "desc" });
    expect(readLogFilters(new URLSearchParams({ q: "  " })).q).toBeUndefined();
  });

  it.each([
    ["厨房漏水，水管漏水", ["漏水"], "厨房[漏水]，水管[漏水]"],
    ["WiFi 坏了", ["wifi"], "[WiFi] 坏了"],
    ["水管漏水", ["水", "水管"], "[水管]漏[水]"],
    ["什么也没有", ["漏水"], "什么也没有"],
    ["İ 漏水", ["漏水"], "İ 漏水"],
    ["漏水", [], "漏水"],
  ])("is marked in %s", (text, words, marked) => {
    expect(
      partsOf(text, words)
        .map(({ part, found }) => (found ? `[${part}]` : part))
        .join(""),
    ).toBe(marked);
  });
});
