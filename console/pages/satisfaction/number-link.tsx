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

/** A number that links to the list of handling cycles behind it. */
export function NumberLink({ of, n, filters }: Props) {
  return (
    <Link
      className="number-link figures"
      to={`/satisfaction/handling-cycles?${writeFilters({ ...filters, of }).toString()}`}
      aria-label={zh.figures.listOf(zh.figures.of[of], n)}
    >
      {n}
    </Link>
  );
}
