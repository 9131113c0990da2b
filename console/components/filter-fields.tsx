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

/** One filter of several words; searchable, and emptied by its cross. */
export function ChoiceFilter({ label, value, options, onChange, width = 132 }: ChoiceProps) {
  // A value that the list does not have (yet) is still in force: show it rather than hide it.
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

/** Which service, of the community looked at; nothing until there is one. */
export function ServiceFilter(props: FieldProps) {
  const { services, communityId } = useCatalogue();
  if (communityId === null) return null;
  const options = services.map(({ serviceCode, title }) => ({ value: serviceCode, label: title }));
  return <ChoiceFilter {...props} label={zh.requests.service} options={options} width={148} />;
}

/** Which cadre, of the community looked at; nothing until there is one. */
export function CadreFilter(props: FieldProps) {
  const { cadres, communityId } = useCatalogue();
  if (communityId === null) return null;
  const options = cadres.map(({ id, name }) => ({ value: id, label: name }));
  return <ChoiceFilter {...props} label={zh.requests.cadre} options={options} width={112} />;
}

/** Which community, for roles that span several; nothing for the others. */
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

/** From when until when; either end may stay open. */
export function SpanFilter({ label, from, to, onChange, withTime = false }: SpanProps) {
  const format = withTime ? MINUTE : DAY;
  // The picker knows no zones: it shows and gives wall-clock time, which wall-clock.ts takes as that of Shanghai.
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
