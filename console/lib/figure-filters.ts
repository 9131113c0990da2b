import type { Input, HandlingCycleSelection } from "../../contract/index.ts";
import { figures } from "../i18n/zh-figures.ts";
import { CODE, DAY, ID, matching, oneOf } from "./address.ts";
import { type Period, monthWithin, periodOf } from "./period.ts";

type Query = NonNullable<Input<"GET /api/figures">["query"]>;

/** What the lines of a report are of. */
export type By = NonNullable<Query["by"]>;

/** Filters of the figures and of the lists behind them, as the address has them. */
export interface FigureFilters {
  from?: string | undefined;
  to?: string | undefined;
  by?: By | undefined;
  communityId?: string | undefined;
  serviceCode?: string | undefined;
  /** `none`: rounds that nobody holds. */
  cadreId?: string | undefined;
  /** Of the list behind a figure. */
  of?: HandlingCycleSelection | undefined;
}

const bys = Object.keys(figures.bys) as By[];
/** What a list may be of, in the order of a request's life. */
export const listsOf = Object.keys(figures.of) as HandlingCycleSelection[];

/** Reads an address; invalid values are ignored. */
export const readFigureFilters = (params: URLSearchParams): FigureFilters => ({
  from: matching(params.get("from"), DAY),
  to: matching(params.get("to"), DAY),
  by: oneOf(params.get("by"), bys),
  communityId: matching(params.get("communityId"), CODE),
  serviceCode: matching(params.get("serviceCode"), CODE),
  cadreId: params.get("cadreId") === "none" ? "none" : matching(params.get("cadreId"), ID),
  of: oneOf(params.get("of"), listsOf),
});

/** What to ask the API for: the whole of it, in lines of `by`. */
export const figuresQuery = ({ of: _of, by: _by, ...rest }: FigureFilters, by: By, today: string): Query => ({
  ...rest,
  ...periodOf(rest, today),
  by,
});

/** What the filters of a report become for the lists behind one of its lines. */
export function lineFilters(filters: FigureFilters, by: By, key: string | null, period: Period): FigureFilters {
  const whole = { ...filters, ...period };
  if (by === "day") return { ...whole, from: key ?? period.from, to: key ?? period.to };
  if (by === "month") return key === null ? whole : { ...whole, ...monthWithin(key, period) };
  if (by === "cadre") return { ...whole, cadreId: key ?? "none" };
  return { ...whole, [by === "service" ? "serviceCode" : "communityId"]: key ?? undefined };
}
