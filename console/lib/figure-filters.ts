import type { Input, HandlingCycleSelection } from "../../contract/index.ts";
import { figures } from "../i18n/zh-figures.ts";
import { CODE, DAY, ID, matching, oneOf } from "./address.ts";
import { type Period, monthWithin, periodOf } from "./period.ts";

type Query = NonNullable<Input<"GET /api/figures">["query"]>;

/** How the rows of a report are grouped. */
export type By = NonNullable<Query["by"]>;

/** The filters of the figures and of the lists behind them, as they stand in the address. */
export interface FigureFilters {
  from?: string | undefined;
  to?: string | undefined;
  by?: By | undefined;
  communityId?: string | undefined;
  serviceCode?: string | undefined;
  /** `none`: handling cycles without a handler. */
  cadreId?: string | undefined;
  /** Which handling cycles the list behind a figure shows. */
  of?: HandlingCycleSelection | undefined;
}

const bys = Object.keys(figures.bys) as By[];
/** The selections of handling cycles, in the order of a request's life. */
export const listsOf = Object.keys(figures.of) as HandlingCycleSelection[];

/** Reads the filters from an address; invalid values are ignored. */
export const readFigureFilters = (params: URLSearchParams): FigureFilters => ({
  from: matching(params.get("from"), DAY),
  to: matching(params.get("to"), DAY),
  by: oneOf(params.get("by"), bys),
  communityId: matching(params.get("communityId"), CODE),
  serviceCode: matching(params.get("serviceCode"), CODE),
  cadreId: params.get("cadreId") === "none" ? "none" : matching(params.get("cadreId"), ID),
  of: oneOf(params.get("of"), listsOf),
});

/** The query of the API for these filters, with rows grouped by `by`. */
export const figuresQuery = ({ of: _of, by: _by, ...rest }: FigureFilters, by: By, today: string): Query => ({
  ...rest,
  ...periodOf(rest, today),
  by,
});

/** The filters of the list behind one row of a report. */
export function lineFilters(filters: FigureFilters, by: By, key: string | null, period: Period): FigureFilters {
  const whole = { ...filters, ...period };
  if (by === "day") return { ...whole, from: key ?? period.from, to: key ?? period.to };
  if (by === "month") return key === null ? whole : { ...whole, ...monthWithin(key, period) };
  if (by === "cadre") return { ...whole, cadreId: key ?? "none" };
  return { ...whole, [by === "service" ? "serviceCode" : "communityId"]: key ?? undefined };
}
