import { DatePicker, Select } from "antd";
import dayjs from "dayjs";
import { useCatalogue } from "./catalogue.tsx";
import { zh } from "../i18n/zh.ts";
import type { WallClock } from "../lib/wall-clock.ts";

interface ChoiceProps {
  label: string;
  value: string | undefined;
  options: readonly { value: string; label: string }[];
  onChange: (value: string | undefined) => void;
  width?: number;
}

/** A searchable select of one filter value, which can be cleared. */
export function ChoiceFilter({ label, value, options, onChange, width = 132 }: ChoiceProps) {
  // A value that is not (yet) in the options still filters, so it is shown.
  const known = value === undefined || options.some((option) => option.value === value);
  return (
    <Select<string>
      aria-label={label}
      placeholder={label}
      value={value}
      options={known ? [...options] : [...options, { value, label: value }]}
      onChange={(next: string | undefined) => onChange(next)}
      allowClear
      showSearch={{ optionFilterProp: "label" }}
      popupMatchSelectWidth={false}
      style={{ width }}
    />
  );
}

interface FieldProps {
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

/** The filter by service of the selected community. Renders nothing without a selected community. */
export function ServiceFilter(props: FieldProps) {
  const { services, communityId } = useCatalogue();
  if (communityId === null) return null;
  const options = services.map(({ serviceCode, title }) => ({ value: serviceCode, label: title }));
  return <ChoiceFilter {...props} label={zh.requests.service} options={options} width={148} />;
}

/** The filter by cadre of the selected community. Renders nothing without a selected community. */
export function CadreFilter(props: FieldProps) {
  const { cadres, communityId } = useCatalogue();
  if (communityId === null) return null;
  const options = cadres.map(({ id, name }) => ({ value: id, label: name }));
  return <ChoiceFilter {...props} label={zh.requests.cadre} options={options} width={112} />;
}

/** The filter by community. Renders nothing for a role in one community. */
export function CommunityFilter(props: FieldProps) {
  const { communities, spans } = useCatalogue();
  if (!spans) return null;
  const options = communities.map(({ id, name }) => ({ value: id, label: name }));
  return <ChoiceFilter {...props} label={zh.requests.community} options={options} width={148} />;
}

interface SpanProps {
  label: string;
  from: WallClock | undefined;
  to: WallClock | undefined;
  onChange: (span: { from: WallClock | undefined; to: WallClock | undefined }) => void;
  /** Days only, or days with hours and minutes. */
  withTime?: boolean;
}

const DAY = "YYYY-MM-DD";
const MINUTE = "YYYY-MM-DD HH:mm";

/** A time span; either end may be open. */
export function SpanFilter({ label, from, to, onChange, withTime = false }: SpanProps) {
  const format = withTime ? MINUTE : DAY;
  // The picker has no time zones: it shows and returns wall-clock time, which wall-clock.ts reads as Shanghai time.
  const picked = (value: WallClock | undefined, dayEnd: boolean) =>
    value === undefined ? null : dayjs(value.includes("T") || !dayEnd ? value : `${value}T23:59`);
  const written = (text: string | undefined): WallClock | undefined => text?.replace(" ", "T") || undefined;
  return (
    <DatePicker.RangePicker
      aria-label={label}
      value={[picked(from, false), picked(to, withTime)]}
      format={format}
      {...(withTime ? { showTime: { format: "HH:mm", minuteStep: 5 as const } } : {})}
      allowEmpty={[true, true]}
      placeholder={[zh.common.from(label), zh.common.to]}
      onChange={(_, texts) => onChange({ from: written(texts?.[0]), to: written(texts?.[1]) })}
      style={{ width: withTime ? 330 : 236 }}
    />
  );
}
