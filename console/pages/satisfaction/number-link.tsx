import { Link } from "react-router";
import type { HandlingCycleSelection } from "../../../contract/index.ts";
import { zh } from "../../i18n/zh.ts";
import type { FigureFilters } from "../../lib/figure-filters.ts";
import { writeFilters } from "../../lib/filters.ts";

interface Props {
  of: HandlingCycleSelection;
  n: number;
  filters: FigureFilters;
}

/** A number that opens the list of rounds behind it. */
export function NumberLink({ of, n, filters }: Props) {
  return (
    <Link
      className="number-link figures"
      to={`/satisfaction/rounds?${writeFilters({ ...filters, of }).toString()}`}
      aria-label={zh.figures.listOf(zh.figures.of[of], n)}
    >
      {n}
    </Link>
  );
}
