import { View } from "@tarojs/components";
import { type ReactNode, useState } from "react";
import type { Reply } from "../../../../contract/index.ts";
import { refreshQueries, useQuery } from "../../../api";
import { Button } from "../../../components/button";
import { LinkRow } from "../../../components/link-row";
import { Page } from "../../../components/page";
import { QueryView } from "../../../components/query-view";
import { Card, Section } from "../../../components/section";
import { Empty } from "../../../components/states";
import { words } from "../../../i18n";
import { dutyProof } from "../../../i18n/zh/duty-proof";
import { sayMoment } from "../../../i18n/time-words";
import { sayShiftDay, saySpans } from "../../../lib/shift-words";
import { useNow } from "../../../lib/use-now";
import { toast } from "../../../wx/feedback";
import { usePullToRefresh } from "../../../wx/lifecycle";
import { open } from "../../../wx/navigation";
import { FeedPart } from "./_parts/feed-part";
import { LeavePart } from "./_parts/leave-part";
import { SwapCard } from "./_parts/swap-card";
import { SwapSheet } from "./_parts/swap-sheet";
import "./index.scss";

const say = words.shifts;
type Mine = Reply<"GET /api/me/shifts">;

/** The cadre's shifts of two weeks, swaps, leaves and the calendar feed. */
export default function Shifts(): ReactNode {
  const now = useNow();
  const mine = useQuery("GET /api/me/shifts", {}, { poll: true });
  const [giving, setGiving] = useState<Mine["shifts"][number] | null>(null);
  usePullToRefresh(mine.refetch);

  const changed = (said: string): void => {
    refreshQueries("GET /api/me/shifts");
    toast(said);
  };
  return (
    <Page
      title={say.title}
      overlay={
        giving &&
        mine.data && (
          <SwapSheet
            shift={giving}
            communityId={mine.data.communityId}
            now={now}
            onClose={() => setGiving(null)}
            onAsked={() => changed(say.swapAsked)}
          />
        )
      }
    >
      <QueryView query={mine}>
        {(data) => (
          <>
            {data.swaps.length > 0 && (
              <Section title={say.swaps}>
                {data.swaps.map((swap) => (
                  <SwapCard key={swap.id} swap={swap} now={now} onDone={() => changed(say.swapDone)} />
                ))}
              </Section>
            )}
            <Section title={say.mine}>
              {data.shifts.length === 0 ? (
                <Empty icon="clock" title={say.empty} hint={say.emptyHint} />
              ) : (
                <Card className="card--list">
                  {data.shifts.map((shift) => (
                    <View key={shift.id} className="shifts__row">
                      <View className="shifts__main">
                        <View className="strong">{sayShiftDay(shift.day, now)}</View>
                        <View>{`${shift.name} ${saySpans(shift.spans)}`}</View>
                        {shift.holiday !== null && <View className="small">{say.holiday(shift.holiday)}</View>}
                        {shift.away && <View className="small">{say.away}</View>}
                      </View>
                      {shift.maySwap && !shift.away && <Button onPress={() => setGiving(shift)}>{say.swap}</Button>}
                    </View>
                  ))}
                </Card>
              )}
            </Section>
            {data.onCall.length > 0 && (
              <Section title={say.onCall}>
                <Card>
                  <View className="small">{say.onCallHint}</View>
                  {data.onCall.map(({ from, to }) => (
                    <View key={from}>
                      {say.onCallUntil(sayMoment(new Date(from), now), sayMoment(new Date(to), now))}
                    </View>
                  ))}
                </Card>
              </Section>
            )}
            <LeavePart leaves={data.leaves} now={now} onChanged={changed} />
            <FeedPart />
            <Card className="card--list">
              <LinkRow icon="check" title={dutyProof.title} onPress={() => open("/subpackages/cadre/proof/index")} />
            </Card>
          </>
        )}
      </QueryView>
    </Page>
  );
}
