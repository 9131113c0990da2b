import { View } from "@tarojs/components";
import { type ReactNode, useState } from "react";
import type { DutyProof } from "../../../../contract/index.ts";
import { countDone, lengthOfDuty } from "../../../../fronts/duty-proof.ts";
import { useMe, useQuery } from "../../../api";
import { Button } from "../../../components/button";
import { Facts } from "../../../components/facts";
import { Page } from "../../../components/page";
import { QueryView } from "../../../components/query-view";
import { Card, Section } from "../../../components/section";
import { Empty } from "../../../components/states";
import { words } from "../../../i18n";
import { sayLength, sayUntil } from "../../../i18n/time-words";
import { dutyProof as say } from "../../../i18n/zh/duty-proof";
import { sayShiftDay } from "../../../lib/shift-words";
import { useNow } from "../../../lib/use-now";
import { DAY, wallClock } from "../../../../fronts/wall-clock.ts";
import { usePullToRefresh } from "../../../wx/lifecycle";
import "./index.scss";

const isoDay = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/** 值守记录: the cadre's own day according to the log; today first, earlier days one by one. */
export default function Proof(): ReactNode {
  const me = useMe();
  const now = useNow();
  const [back, setBack] = useState(0);
  const day = isoDay(wallClock(now).day - back);
  const communityId = me?.actingAs.communityId ?? null;
  const proof = useQuery(
    "GET /api/communities/:id/duty-proof",
    me && communityId ? { params: { id: communityId }, query: { cadreId: me.id, day } } : null,
  );
  usePullToRefresh(proof.refetch);
  return (
    <Page title={say.title}>
      <View className="small">{say.lead}</View>
      <View className="proof__days">
        <Button onPress={() => setBack(back + 1)}>{say.before}</Button>
        <View className="strong">{sayShiftDay(day, now)}</View>
        <Button disabled={back === 0} onPress={() => setBack(back - 1)}>
          {say.after}
        </Button>
      </View>
      <QueryView query={proof}>{(data) => <Day proof={data} />}</QueryView>
    </Page>
  );
}

function Day({ proof }: { proof: DutyProof }): ReactNode {
  const { planned, duties, rows, sealed, asOf, day } = proof;
  const noon = new Date(`${day}T12:00:00+08:00`);
  const clock = (at: string): string => sayUntil(new Date(at), noon);
  const shifts = planned.map(({ from, to }) => say.span(clock(from), clock(to), null));
  const there = duties.map((duty) => {
    const length = lengthOfDuty(duty, asOf);
    const [from, to] = [duty.from ? clock(duty.from) : say.earlier, duty.to ? clock(duty.to) : say.still];
    return say.span(from, to, length === null ? null : sayLength(length));
  });
  const listed = (spans: readonly string[]): string => (spans.length > 0 ? spans.join(words.common.list) : say.none);
  return (
    <>
      <Section title={say.hours}>
        <Card>
          <Facts
            facts={[
              { name: say.planned, value: listed(shifts) },
              { name: say.onDuty, value: listed(there) },
            ]}
          />
        </Card>
      </Section>
      <Section title={say.counts}>
        {rows.length === 0 ? (
          <Empty icon="clock" title={say.empty} hint={say.emptyHint} />
        ) : (
          <Card>
            <Facts
              facts={countDone(rows).map(({ what, count }) => ({ name: say.count[what], value: say.times(count) }))}
            />
          </Card>
        )}
      </Section>
      {sealed && (
        <Section title={say.seal}>
          <Card>
            <Facts
              facts={[
                { name: say.rows, value: say.row(rows.length) },
                { name: say.checked, value: sealed.holds ? say.holds : say.broken },
                { name: say.signed, value: sealed.anchor?.fingerprint ?? say.notYet },
              ]}
            />
          </Card>
        </Section>
      )}
    </>
  );
}
