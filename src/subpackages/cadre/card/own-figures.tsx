import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import { useQuery } from "../../../api";
import { Facts } from "../../../components/facts";
import { QueryView } from "../../../components/query-view";
import { Card, Section } from "../../../components/section";
import { words } from "../../../i18n";
import { useNow } from "../../../lib/use-now";
import { DAY, wallClock } from "../../../../fronts/wall-clock.ts";

const DAYS = 30;
const isoDay = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/**
 * The cadre's own figures of the last 30 days. Scores are means of at least five ratings, so that no single resident's
 * rating can be inferred.
 */
export function OwnFigures(): ReactNode {
  const say = words.cadre.card.own;
  const { day } = wallClock(useNow());
  const mine = useQuery("GET /api/figures/mine", { query: { from: isoDay(day - DAYS + 1), to: isoDay(day) } });
  return (
    <Section title={say.title}>
      <QueryView query={mine} rows={1}>
        {({ counts, rates, averages, times }) => {
          const of = ({ part, whole, share }: typeof rates.response): string =>
            share === null ? say.none : say.rate(Math.floor(share * 100), part, whole);
          return (
            <Card>
              <Facts
                facts={[
                  { name: say.resolved, value: say.count(counts.resolved ?? 0) },
                  { name: say.response, value: of(rates.response) },
                  { name: say.median, value: times.respondMedian === null ? say.none : say.time(times.respondMedian) },
                  ...(averages === null
                    ? []
                    : [
                        { name: say.solved, value: of(rates.resolution) },
                        {
                          name: say.scores,
                          value: say.scored(
                            averages.response.toFixed(1),
                            averages.attitude.toFixed(1),
                            averages.result.toFixed(1),
                          ),
                        },
                      ]),
                ]}
              />
              {averages === null && <View className="small">{say.notYet(counts.rated ?? 0)}</View>}
            </Card>
          );
        }}
      </QueryView>
    </Section>
  );
}
