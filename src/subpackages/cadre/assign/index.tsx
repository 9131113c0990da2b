import { View } from "@tarojs/components";
import { type ReactNode, useState } from "react";
import { call, refreshQueries, useAction, useQuery } from "../../../api";
import { Button } from "../../../components/button";
import { Icon } from "../../../components/icon";
import { NameCard } from "../../../components/name-card";
import { Page } from "../../../components/page";
import { Pressable } from "../../../components/pressable";
import { QueryView } from "../../../components/query-view";
import { Section } from "../../../components/section";
import { Empty, Problem } from "../../../components/states";
import { words } from "../../../i18n";
import { useNow } from "../../../lib/use-now";
import { toast } from "../../../wx/feedback";
import { usePageParam } from "../../../wx/lifecycle";
import { back } from "../../../wx/navigation";
import "./index.scss";

/** 派单: the committee assigns a request to a cadre. Shows who is on duty and how many requests each holds. */
export default function Assign(): ReactNode {
  const say = words.cadre.assign;
  const id = usePageParam("id");
  const now = useNow();
  const [chosen, setChosen] = useState<string | null>(null);
  const request = useQuery("GET /api/requests/:id", id === "" ? null : { params: { id } });
  const communityId = request.data?.communityId;
  const cadres = useQuery(
    "GET /api/communities/:id/cadres",
    communityId === undefined ? null : { params: { id: communityId } },
  );
  const assign = useAction(async (key, cadreId: string) => {
    await call("POST /api/requests/:id/assign", { params: { id }, body: { cadreId } }, { idempotencyKey: key });
    refreshQueries("GET /api/requests");
    toast(say.done);
    back("/subpackages/cadre/queue/index");
  });
  const name = cadres.data?.items.find((cadre) => cadre.id === chosen)?.name;
  return (
    <Page
      title={say.title}
      problem={assign.error}
      foot={
        <Button
          kind="primary"
          disabled={chosen === null}
          pending={assign.pending}
          onPress={() => {
            if (chosen !== null) void assign.run(chosen);
          }}
        >
          {name === undefined ? say.submitNone : say.submit(name)}
        </Button>
      }
    >
      <Problem message={request.error} />
      <Section title={say.pick}>
        <QueryView query={cadres}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty icon="person" title={say.empty} hint={say.emptyHint} />
            ) : (
              items.map((cadre) => (
                <Pressable
                  key={cadre.id}
                  className={`card assign__cadre ${cadre.id === chosen ? "assign__cadre--on" : ""}`}
                  chosen={cadre.id === chosen}
                  onPress={() => setChosen(cadre.id)}
                >
                  <NameCard card={{ ...cadre, dutyPhone: null }} now={now} />
                  <View className="assign__count">
                    <View className="small">{say.openCount(cadre.openRequests)}</View>
                    {cadre.id === chosen && <Icon name="check" />}
                  </View>
                </Pressable>
              ))
            )
          }
        </QueryView>
      </Section>
    </Page>
  );
}
