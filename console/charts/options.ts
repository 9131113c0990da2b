import type { EChartsCoreOption } from "echarts/core";
import { charts as t } from "../i18n/zh-charts.ts";
import { fontFamily, tokens } from "../tokens.ts";
import type { ChartData } from "./chart-data.ts";

const first = "#44597A";
const second = tokens.good;
const text = { color: tokens.ink2, fontSize: 12, fontFamily };
const grid = { left: 8, right: 16, top: 32, bottom: 4, containLabel: true };
const quiet = { axisLine: { lineStyle: { color: tokens.line } }, axisTick: { show: false }, axisLabel: text };
const counts = { type: "value", minInterval: 1, axisLabel: text, splitLine: { lineStyle: { color: tokens.line } } };

const seriesOf = ({ heads, rows }: ChartData, more: object) =>
  heads.slice(1).map((name, at) => ({ name, data: rows.map((row) => row[at + 1] ?? 0), ...more }));

const base = { animation: false, color: [first, second], textStyle: { fontFamily } };

/** Vertical bars by day; the series stand side by side. */
export const columnsOption = (data: ChartData): EChartsCoreOption => ({
  ...base,
  grid,
  legend: { right: 8, top: 0, itemWidth: 12, itemHeight: 8, textStyle: text },
  tooltip: { trigger: "axis" },
  xAxis: { type: "category", data: data.rows.map(([label]) => label), ...quiet },
  yAxis: counts,
  series: seriesOf(data, { type: "bar", barGap: "10%" }),
});

/** Horizontal bars, the longest on top, each labelled with its number. */
export const barsOption = (data: ChartData): EChartsCoreOption => {
  const several = data.heads.length > 2;
  return {
    ...base,
    color: several ? [second, "#B9B4AB"] : [first],
    grid: { ...grid, top: several ? 32 : 8, right: 32 },
    legend: { show: several, right: 8, top: 0, itemWidth: 12, itemHeight: 8, textStyle: text },
    tooltip: { trigger: "axis", axisPointer: { type: "shadow" } },
    xAxis: { ...counts, axisLabel: { show: false }, splitLine: { show: false } },
    yAxis: {
      type: "category",
      inverse: true,
      data: data.rows.map(([label]) => label),
      ...quiet,
      axisLabel: { ...text, width: 112, overflow: "truncate" },
    },
    series: seriesOf(data, {
      type: "bar",
      barMaxWidth: 16,
      ...(several ? { stack: "all" } : { label: { show: true, position: "right", color: tokens.ink } }),
    }),
  };
};

/** A heat map of weekdays by hours; darker cells have more requests. */
export const heatOption = (data: ChartData): EChartsCoreOption => {
  const cells = data.rows.flatMap(([, ...hours], weekday) => hours.map((n, hour) => [hour, weekday, n] as const));
  return {
    ...base,
    grid: { ...grid, top: 8 },
    tooltip: {
      formatter: ({ data: cell }: { data: readonly [number, number, number] }) =>
        t.hours.cell(t.hours.weekdays[cell[1]] ?? "", cell[0], cell[2]),
    },
    xAxis: { type: "category", data: Array.from({ length: 24 }, (_, hour) => String(hour)), ...quiet },
    yAxis: { type: "category", inverse: true, data: data.rows.map(([label]) => label), ...quiet },
    visualMap: {
      show: false,
      min: 0,
      max: Math.max(1, ...cells.map(([, , n]) => n)),
      inRange: { color: [tokens.ground, "#B9C4D4", "#2F4466"] },
    },
    series: [{ type: "heatmap", data: cells, itemStyle: { borderColor: tokens.paper, borderWidth: 2 } }],
  };
};
