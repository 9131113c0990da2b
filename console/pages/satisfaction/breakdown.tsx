import { Segmented, Table, type TableColumnsType } from "antd";
import { useMemo } from "react";
import type { FiguresRow, HandlingCycleSelection } from "../../../contract/index.ts";
import { Nothing } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";
import { type By, type FigureFilters, lineFilters } from "../../lib/figure-filters.ts";
import type { Period } from "../../lib/period.ts";
import { type RateName, minutesWords, percent, rateNames, rateParts, scoreWords } from "../../lib/rates.ts";
import { NumberLink } from "./number-link.tsx";

const t = zh.figures;

interface Props {
  rows: readonly FiguresRow[];
  filters: FigureFilters;
  period: Period;
  by: By;
  bys: readonly By[];
  onBy: (by: By) => void;
}

/** The figures by row. A click on a column head sorts, and each number links to its list. */
export function Breakdown({ rows, filters, period, by, bys, onBy }: Props) {
  const columns = useMemo(() => breakdownColumns(filters, period, by), [filters, period, by]);
  return (
    <section className="card breakdown" aria-label={t.table(t.bys[by])}>
      <Segmented<By>
        aria-label={t.by}
        options={bys.map((value) => ({ value, label: t.bys[value] }))}
        value={by}
        onChange={onBy}
      />
      {rows.length === 0 ? (
        <Nothing title={t.none} hint={t.noneHint} />
      ) : (
        <Table<FiguresRow>
          size="small"
          columns={columns}
          dataSource={[...rows]}
          rowKey={(row) => row.key ?? ""}
          pagination={false}
          tableLayout="fixed"
          showSorterTooltip={false}
        />
      )}
    </section>
  );
}

const scoreOf = ({ averages }: FiguresRow): number | null =>
  averages && (averages.response + averages.attitude + averages.result) / 3;

/** Missing values count as the lowest. */
const order = (a: number | null, b: number | null): number => (a ?? -1) - (b ?? -1);

function breakdownColumns(filters: FigureFilters, period: Period, by: By): TableColumnsType<FiguresRow> {
  const list = (row: FiguresRow, of: HandlingCycleSelection) => (
    <NumberLink of={of} n={row.counts[of] ?? 0} filters={lineFilters(filters, by, row.key, period)} />
  );
  const numbers = { align: "right", className: "figures" } as const;
  const count = (of: HandlingCycleSelection, width: number): TableColumnsType<FiguresRow>[number] => ({
    ...numbers,
    title: t.of[of],
    key: of,
    width,
    sorter: (a, b) => order(a.counts[of] ?? 0, b.counts[of] ?? 0),
    render: (_, row) => list(row, of),
  });
  const rate = (name: RateName): TableColumnsType<FiguresRow>[number] => ({
    ...numbers,
    title: t.short[name],
    key: name,
    width: 118,
    sorter: (a, b) => order(a.rates[name].share, b.rates[name].share),
    render: (_, row) => {
      const { share, whole } = row.rates[name];
      if (share === null) return zh.common.none;
      return (
        <>
          <small className="muted">
            {list(row, rateParts[name].part)} / {whole}
          </small>{" "}
          <span className="rate-cell">{percent(share)}</span>
        </>
      );
    },
  });
  return [
    {
      title: t.bys[by],
      key: "title",
      ellipsis: true,
      sorter: (a, b) => a.title.localeCompare(b.title, "zh-CN"),
      render: (_, { key, title }) => (key === null ? <span className="muted">{t.nobody}</span> : title || key),
    },
    count("opened", 72),
    ...rateNames.map(rate),
    count("unsolved", 84),
    {
      ...numbers,
      title: t.respondMedian,
      key: "respond",
      width: 104,
      sorter: (a, b) => order(a.times.respondMedian, b.times.respondMedian),
      render: (_, { times }) => minutesWords(times.respondMedian),
    },
    {
      ...numbers,
      title: t.averages,
      key: "score",
      width: 92,
      sorter: (a, b) => order(scoreOf(a), scoreOf(b)),
      render: (_, row) => {
        const score = scoreOf(row);
        return score === null ? zh.common.none : scoreWords(score);
      },
    },
  ];
}
