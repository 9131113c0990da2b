import { View } from "@tarojs/components";
import type { ReactNode } from "react";
import { useMe, useQuery } from "../../../api";
import { Facts } from "../../../components/facts";
import { NameCard } from "../../../components/name-card";
import { Page } from "../../../components/page";
import { QueryView } from "../../../components/query-view";
import { Card, Section } from "../../../components/section";
import { Empty } from "../../../components/states";
import { words } from "../../../i18n";
import { useNow } from "../../../lib/use-now";
import { OwnFigures } from "./own-figures";

/** The cadre's own name card, as residents see it. */
export default function MyCard(): ReactNode {
  const say = words.cadre.card;
  const me = useMe();
  const now = useNow();
  const communityId = me?.actingAs.communityId ?? null;
  const cadres = useQuery(
    "GET /api/communities/:id/cadres",
    communityId === null ? null : { params: { id: communityId } },
  );
  return (
    <Page title={say.title}>
      <View className="small">{say.hint}</View>
      <QueryView query={cadres} rows={1}>
        {({ items }) => {
          const card = items.find(({ id }) => id === me?.id);
          if (card === undefined) return <Empty icon="person" title={say.none} hint={say.noneHint} />;
          return (
            <>
              <Card>
                <NameCard card={card} now={now} />
              </Card>
              {card.photoUrl === null && <View className="small">{say.noPhoto}</View>}
              <Section title={say.figures}>
                <Card>
                  <Facts
                    facts={[
                      { name: say.dutyPhone, value: card.dutyPhone ?? say.noDutyPhone },
                      { name: say.handling, value: say.count(card.openRequests) },
                    ]}
                  />
                </Card>
              </Section>
              <OwnFigures />
            </>
          );
        }}
      </QueryView>
    </Page>
  );
}
