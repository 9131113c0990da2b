import { Segmented } from "antd";
import { CadreFilter, CommunityFilter, ServiceFilter, SpanFilter } from "../../components/filter-fields.tsx";
import { zh } from "../../i18n/zh.ts";
import type { FigureFilters } from "../../lib/figure-filters.ts";
import { type Preset, periodOf, presetOf, presetPeriod } from "../../lib/period.ts";

const t = zh.figures;
const presets = (Object.keys(t.presets) as Preset[]).map((value) => ({ value, label: t.presets[value] }));

interface Props {
  filters: FigureFilters;
  today: string;
  change: (part: Partial<FigureFilters>) => void;
}

/** The period: one of the usual, or any days. */
export function PeriodField({ filters, today, change }: Props) {
  const period = periodOf(filters, today);
  return (
    <>
      <Segmented<Preset>
        aria-label={t.period}
        options={presets}
        // None of them stands out while the days beside it are any others.
        value={presetOf(period, today) ?? ("" as Preset)}
        onChange={(preset) => change(presetPeriod(preset, today))}
      />
      <SpanFilter label={t.period} from={period.from} to={period.to} onChange={change} />
    </>
  );
}

/** What the figures are of: when, where, which service, whose. */
export function FigureFields(props: Props) {
  const { filters, change } = props;
  return (
    <>
      <PeriodField {...props} />
      <CommunityFilter
        value={filters.communityId}
        onChange={(communityId) => change({ communityId, serviceCode: undefined, cadreId: undefined })}
      />
      <ServiceFilter value={filters.serviceCode} onChange={(serviceCode) => change({ serviceCode })} />
      <CadreFilter value={filters.cadreId} onChange={(cadreId) => change({ cadreId })} />
    </>
  );
}
