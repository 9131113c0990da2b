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
import { callPhone } from "../../../wx/feedback";

const FIRST = 2;

interface Props {
  community: CommunityInUse;
  duty: Query<Reply<"GET /api/communities/:id/duty">>;
  now: Date;
}

/** Who is on duty, by name; when nobody is, what to do all the same. */
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
            <Nobody communityId={community.id} />
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

function Nobody({ communityId }: { communityId: string | null }): ReactNode {
  const { data } = useQuery("GET /api/communities/:id", communityId === null ? null : { params: { id: communityId } });
  return (
    <Card className="home__nobody">
      <View className="strong">{words.home.nobody}</View>
      <View className="small">{words.home.nobodyNext}</View>
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
