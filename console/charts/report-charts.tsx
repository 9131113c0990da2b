import { useMemo } from "react";
import { useQuery } from "../api/use-query.ts";
import { WhenLoaded } from "../components/states.tsx";
import type { Period } from "../lib/period.ts";
import { byCadre, byDay, byHour, byPlace, byService } from "./chart-data.ts";
import { Chart } from "./chart.tsx";

const POLL_MS = 60_000;

/** The five charts of a period: requests by day, by hour, by service, by building and by cadre. */
export function ReportCharts({ period, communityId }: { period: Period; communityId: string | null }) {
  const asked = useMemo(() => ({ ...period, ...(communityId ? { communityId } : {}) }), [period, communityId]);
  const days = useQuery("GET /api/figures", { query: { ...asked, by: "day" } }, { pollMs: POLL_MS });
  const services = useQuery("GET /api/figures", { query: { ...asked, by: "service" } }, { pollMs: POLL_MS });
  const cadres = useQuery("GET /api/figures", { query: { ...asked, by: "cadre" } }, { pollMs: POLL_MS });
  const drawn = useMemo(
    () => ({
      days: days.data && byDay(days.data.rows, period),
      hours: days.data && byHour(days.data.hours),
      places: days.data && byPlace(days.data.buildings),
      services: services.data && byService(services.data.rows),
      cadres: cadres.data && byCadre(cadres.data.rows),
    }),
    [days.data, services.data, cadres.data, period],
  );
  return (
    <WhenLoaded loaded={days}>
      {() => (
        <div className="charts">
          {drawn.days && <Chart kind="columns" data={drawn.days} wide />}
          {drawn.hours && <Chart kind="heat" data={drawn.hours} wide />}
          {drawn.services && <Chart kind="bars" data={drawn.services} />}
          {drawn.places && <Chart kind="bars" data={drawn.places} />}
          {drawn.cadres && <Chart kind="bars" data={drawn.cadres} />}
        </div>
      )}
    </WhenLoaded>
  );
}
