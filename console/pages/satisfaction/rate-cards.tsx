import { QuestionCircleOutlined } from "@ant-design/icons";
import { Button, Popover } from "antd";
import type { Reply } from "../../../contract/index.ts";
import { zh } from "../../i18n/zh.ts";
import type { FigureFilters } from "../../lib/figure-filters.ts";
import { type RateName, percent, rateNames, rateParts } from "../../lib/rates.ts";
import { NumberLink } from "./number-link.tsx";

const t = zh.figures;

interface Props {
  total: Reply<"GET /api/figures">["total"];
  filters: FigureFilters;
}

/**
 * The rates, each with its formula and links to the lists of its parts. Rates by handlers stand beside rates by
 * residents.
 */
export function RateCards({ total, filters }: Props) {
  return (
    <div className="rates">
      {rateNames.map((name) => (
        <section key={name} className="card rate" aria-label={t.rates[name].name}>
          <h2>
            {t.rates[name].name} <Formula name={name} />
          </h2>
          <p className="rate-share figures">{percent(total.rates[name].share)}</p>
          <Made name={name} total={total} filters={filters} />
        </section>
      ))}
    </div>
  );
}

function Formula({ name }: { name: RateName }) {
  return (
    <Popover
      content={<p className="formula">{t.rates[name].formula}</p>}
      trigger={["click", "hover"]}
      placement="bottom"
    >
      <Button
        type="text"
        size="small"
        aria-label={t.formulaOf(t.rates[name].name)}
        icon={<QuestionCircleOutlined aria-hidden />}
      />
    </Popover>
  );
}

/** Numerator and denominator of a rate in words; each number links to its list. */
function Made({ name, total, filters }: Props & { name: RateName }) {
  const { part, whole } = rateParts[name];
  const { share } = total.rates[name];
  if (share === null) return <p className="muted">{t.noRate}</p>;
  return (
    <p className="muted rate-made">
      {t.of[part]} <NumberLink of={part} n={total.counts[part] ?? 0} filters={filters} /> /{" "}
      {whole.map((of, at) => (
        <span key={of} className="nowrap">
          {at > 0 && " ＋ "}
          {t.of[of]} <NumberLink of={of} n={total.counts[of] ?? 0} filters={filters} />
        </span>
      ))}
    </p>
  );
}
