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

/** Chooses the period: a named one, or any days. */
export function PeriodField({ filters, today, change }: Props) {
  const period = periodOf(filters, today);
  return (
    <>
      <Segmented<Preset>
        aria-label={t.period}
        options={presets}
        // No named period is marked when the chosen days are none of them.
        value={presetOf(period, today) ?? ("" as Preset)}
        onChange={(preset) => change(presetPeriod(preset, today))}
      />
      <SpanFilter label={t.period} from={period.from} to={period.to} onChange={change} />
    </>
  );
}

/** The filters of the figures: period, community, service, cadre. */
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
