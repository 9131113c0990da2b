import { Suspense, lazy, useMemo } from "react";
import { TableHead } from "../components/table-head.tsx";
import { charts as t } from "../i18n/zh-charts.ts";
import type { ChartData } from "./chart-data.ts";
import { barsOption, columnsOption, heatOption } from "./options.ts";

// ECharts is larger than the page that uses it, so it is loaded only when there is data to draw.
const Drawing = lazy(() => import("./drawing.tsx").then((m) => ({ default: m.Drawing })));

const options = { columns: columnsOption, bars: barsOption, heat: heatOption };
const ROW_PX = 28;

/** A chart with its question as the title, and the same data as a table. */
export function Chart({ data, kind, wide = false }: { data: ChartData; kind: keyof typeof options; wide?: boolean }) {
  const option = useMemo(() => options[kind](data), [data, kind]);
  const height = kind === "bars" ? Math.max(96, data.rows.length * ROW_PX + 48) : 248;
  const empty = data.rows.every(([, ...numbers]) => numbers.every((n) => n === 0));
  return (
    <section className={wide ? "card chart chart-wide" : "card chart"} aria-label={data.question}>
      <h2>{data.question}</h2>
      {empty ? (
        <p className="muted">{t.none}</p>
      ) : (
        <>
          <Suspense fallback={<div style={{ height }} />}>
            <Drawing option={option} height={height} label={t.label(data.question)} />
          </Suspense>
          <details>
            <summary>{t.numbers}</summary>
            <div className="chart-table" role="region" aria-label={`${t.numbers}：${data.question}`} tabIndex={0}>
              <Numbers data={data} />
            </div>
          </details>
        </>
      )}
    </section>
  );
}

function Numbers({ data }: { data: ChartData }) {
  return (
    <table>
      <TableHead heads={data.heads} />
      <tbody>
        {data.rows.map(([label, ...numbers]) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            {numbers.map((n, at) => (
              <td key={data.heads[at + 1]} className="figures">
                {n}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
