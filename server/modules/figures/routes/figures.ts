import type { figures } from "../../../../contract/modules/figures.ts";
import { countCallbacks } from "../usecases/count-callbacks.ts";
import { listHandlingCycles } from "../usecases/list-handling-cycles.ts";
import { type By, readFigures, readMyFigures } from "../usecases/read-figures.ts";
import { type Titles, titlesOf } from "../usecases/titles.ts";
import type { Uses } from "../../../core/ports.ts";
import type { UsesFigures } from "../ports.ts";
import type { Handlers } from "../../../core/http/handler.ts";
import { presentAnywhere, presentOwnSum, presentHandlingCycle, presentSum } from "../presenters/figures.ts";
import { instant } from "../../../core/presenters/time.ts";

const titleOf = (by: By, key: string | null, { services, cadres, communities }: Titles): string => {
  if (key === null) return "";
  const titles = { service: services, cadre: cadres, community: communities, day: null, month: null }[by];
  return titles?.get(key) ?? key;
};

const titles = (deps: Uses<"store">, communityIds: readonly string[], cadreIds: readonly (string | null)[]) =>
  titlesOf(
    deps,
    communityIds,
    cadreIds.filter((id) => id !== null),
  );

/** The query value `none` asks for handling cycles without a handler. */
const asked = <Q extends { cadreId?: string | undefined }>(query: Q) => ({
  ...query,
  cadreId: query.cadreId === "none" ? null : query.cadreId,
});

export const figuresRoutes: Handlers<keyof typeof figures.operations, UsesFigures<"clock" | "store">> = {
  "GET /api/figures": async ({ deps, actor, query }) => {
    const { asOf, total, rows, hours, buildings, kinds } = await readFigures(deps, actor, asked(query));
    const keys = query.by === "cadre" ? rows.map(({ key }) => key) : [];
    const known = await titles(deps, await deps.store.communities.ids(), keys);
    return {
      asOf: instant(asOf),
      total: presentSum(total),
      rows: rows.map(({ key, sum }) => ({ key, title: titleOf(query.by, key, known), ...presentSum(sum) })),
      hours,
      buildings,
      anywhere: presentAnywhere(kinds, total),
    };
  },
  "GET /api/figures/mine": async ({ deps, actor, query }) => {
    const { asOf, total, ratings } = await readMyFigures(deps, actor, query);
    return { asOf: instant(asOf), ...presentOwnSum(total, ratings) };
  },
  "GET /api/figures/callbacks": async ({ deps, actor, query }) => {
    const counts = await countCallbacks(deps, actor, query);
    return { ...counts, asOf: instant(counts.asOf) };
  },
  "GET /api/handling-cycles": async ({ deps, actor, query }) => {
    const { items, nextCursor } = await listHandlingCycles(deps, actor, asked(query));
    const cadreIds = items.map(({ cadreId }) => cadreId);
    const { services, cadres } = await titles(deps, [...new Set(items.map((r) => r.communityId))], cadreIds);
    return {
      items: items.map((cycle) =>
        presentHandlingCycle(actor, cycle, {
          service: services.get(cycle.serviceCode) ?? cycle.serviceCode,
          cadre: cycle.cadreId === null ? null : (cadres.get(cycle.cadreId) ?? ""),
        }),
      ),
      nextCursor,
    };
  },
};
