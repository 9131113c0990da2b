import { describe, expect, it } from "vitest";
import { byCadre, byDay, byHour, byService } from "../../console/charts/chart-data.ts";
import { barsOption, columnsOption, heatOption } from "../../console/charts/options.ts";
import type { FiguresRow } from "../../contract/index.ts";

const row = (key: string | null, opened: number, resolved: number): FiguresRow => ({
  key,
  title: key ?? "",
  counts: { opened, resolved } as FiguresRow["counts"],
  rates: {} as FiguresRow["rates"],
  averages: null,
  times: { respondMedian: null, respondP95: null, resolveMedian: null, resolveP95: null },
});

describe("what a chart shows", () => {
  it("has every day of the period, including days without requests", () => {
    const { rows } = byDay([row("2026-02-28", 3, 1)], { from: "2026-02-27", to: "2026-03-01" });
    expect(rows).toEqual([["02-27", 0, 0], ["02-28", 3, 1], ["03-01", 0, 0]]); // prettier-ignore
  });

  it("is sorted by number, and has a row for requests without a handler", () => {
    expect(byCadre([row("王敏", 2, 1), row(null, 5, 0)]).rows).toEqual([["无人接单", 0, 5], ["王敏", 1, 1]]); // prettier-ignore
    const many = Array.from({ length: 14 }, (_, n) => row(`事项${n}`, n, 0));
    expect(byService(many).rows.map(([, n]) => n)).toEqual([13, 12, 11, 10, 9, 8, 7, 6, 5, 4]);
  });

  it("is the same in the chart and in its table", () => {
    const hours = Array.from({ length: 7 }, (_, day) => Array.from({ length: 24 }, (_h, hour) => day * hour));
    const heat = heatOption(byHour(hours)) as {
      series: [{ data: [number, number, number][] }];
      visualMap: { max: number };
    };
    expect(heat.series[0].data).toHaveLength(168);
    expect(heat.series[0].data.at(-1)).toEqual([23, 6, 138]);
    expect(heat.visualMap.max).toBe(138);
    const days = byDay([row("2026-03-01", 3, 1)], { from: "2026-03-01", to: "2026-03-01" });
    expect(columnsOption(days)).toMatchObject({ series: [{ data: [3] }, { data: [1] }] });
    expect(barsOption(byCadre([row("王敏", 2, 1)]))).toMatchObject({ series: [{ data: [1] }, { data: [1] }] });
  });
});
