import { Chart } from "../../../charts/chart.tsx";
import { charts } from "../samples.ts";

/** A chart of each kind. */
export function ChartParts() {
  return (
    <div className="charts">
      <Chart kind="columns" data={charts.columns} wide />
      <Chart kind="bars" data={charts.bars} />
      <Chart kind="bars" data={charts.stacked} />
      <Chart kind="heat" data={charts.heat} wide />
      <Chart kind="bars" data={charts.empty} />
    </div>
  );
}
