import { View } from "@tarojs/components";
import { type ReactNode, useState } from "react";
import type { Reply } from "../../../../contract/index.ts";
import { type Query, useQuery } from "../../../api";
import type { CommunityInUse } from "../../../api/use-community";
import { Button } from "../../../components/button";
import { NameCard } from "../../../components/name-card";
import { QueryView } from "../../../components/query-view";
import { Card, Section } from "../../../components/section";
import { words } from "../../../i18n";
import { sayMoment } from "../../../i18n/time-words";
import { callPhone } from "../../../wx/feedback";

const FIRST = 2;

interface Props {
  community: CommunityInUse;
  duty: Query<Reply<"GET /api/communities/:id/duty">>;
  now: Date;
}

/** The cadres on duty. When nobody is on duty, what residents can do instead. */
export function DutyNow({ community, duty, now }: Props): ReactNode {
  const [all, setAll] = useState(false);
  const shown = community.id === null ? community.list : duty;
  const cards = duty.data?.items ?? [];
  return (
    <Section
      title={words.home.onDutyNow}
      aside={cards.length > 0 && <View className="small">{words.home.onDutyCount(cards.length)}</View>}
    >
      <QueryView<unknown> query={shown} rows={1}>
        {() =>
          cards.length === 0 ? (
            <Nobody communityId={community.id} duty={duty.data} now={now} />
          ) : (
            <Card className="card--list card--people">
              {cards.slice(0, all ? undefined : FIRST).map((card) => (
                <View key={card.id} className="home__person">
                  <NameCard card={card} now={now} />
                </View>
              ))}
              {cards.length > FIRST && !all && (
                <Button kind="quiet" onPress={() => setAll(true)}>
                  {words.home.showAll(cards.length)}
                </Button>
              )}
            </Card>
          )
        }
      </QueryView>
    </Section>
  );
}

/** 王敏 明天 7:30 上岗. */
const comes = ({ at, cadres }: NonNullable<Duty["next"]>, now: Date): string =>
  words.home.comesNext(cadres.map(({ name }) => name).join(words.common.list), sayMoment(new Date(at), now));

type Duty = Reply<"GET /api/communities/:id/duty">;

/** Shown when nobody is on duty: who comes next and when, the backup for urgent matters, and the office. */
function Nobody({
  communityId,
  duty,
  now,
}: {
  communityId: string | null;
  duty: Duty | undefined;
  now: Date;
}): ReactNode {
  const { data } = useQuery("GET /api/communities/:id", communityId === null ? null : { params: { id: communityId } });
  return (
    <Card className="home__nobody">
      <View className="strong">{duty?.next ? comes(duty.next, now) : words.home.nobody}</View>
      <View className="small">{words.home.nobodyNext}</View>
      {duty?.backup && (
        <>
          <View className="small">{words.home.onCall}</View>
          <NameCard card={duty.backup} now={now} aside={words.home.onCallNow} />
        </>
      )}
      {data && (
        <>
          <View className="small">{words.home.office(data.officeHours)}</View>
          <Button icon="phone" onPress={() => callPhone(data.phone)}>
            {words.home.callOffice}
          </Button>
        </>
      )}
    </Card>
  );
}
