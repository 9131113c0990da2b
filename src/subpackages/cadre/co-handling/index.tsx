import { View } from "@tarojs/components";
import { type ReactNode, useState } from "react";
import type { Organization } from "../../../../contract/index.ts";
import { call, refreshQueries, useAction, useQuery } from "../../../api";
import { Button } from "../../../components/button";
import { Chips } from "../../../components/chips";
import { Field, TextArea } from "../../../components/field";
import { Icon } from "../../../components/icon";
import { Page } from "../../../components/page";
import { Pressable } from "../../../components/pressable";
import { QueryView } from "../../../components/query-view";
import { Card, Section } from "../../../components/section";
import { Empty, Problem } from "../../../components/states";
import { words } from "../../../i18n";
import { coHandlingStory } from "../../../i18n/zh/co-handling";
import { toast } from "../../../wx/feedback";
import { usePageParam } from "../../../wx/lifecycle";
import { back } from "../../../wx/navigation";
import "./index.scss";

const say = coHandlingStory.form;
const LONGEST = 500;
const choices = Object.entries(say.hoursChoice).map(([code, text]) => ({ code, text }));

/** A summary of an organization's earlier tasks. */
const knownOf = ({ open, doneHours, refused }: Organization): string =>
  [say.open(open), doneHours === null ? "" : say.hours(doneHours), refused > 0 ? say.refused(refused) : ""]
    .filter((word) => word !== "")
    .join(words.common.dot);

/** 请单位协办: asks an organization to do a part of the request within a time. */
export default function AskOrganization(): ReactNode {
  const id = usePageParam("id");
  const [chosen, setChosen] = useState<string | null>(null);
  const [text, setText] = useState("");
  const [hours, setHours] = useState("24");
  const [problem, setProblem] = useState<string | null>(null);
  const request = useQuery("GET /api/requests/:id", id === "" ? null : { params: { id } });
  const organizations = useQuery("GET /api/organizations", {});
  const communityId = request.data?.communityId;
  const ask = useAction(async (key, organization: string, wanted: string, given: number) => {
    const body = { organization, text: wanted, hours: given };
    await call("POST /api/requests/:id/ask-organization", { params: { id }, body }, { idempotencyKey: key });
    refreshQueries("GET /api/requests");
    toast(say.done);
    back("/subpackages/cadre/queue/index");
  });

  function submit(): void {
    const wanted = text.trim();
    setProblem(wanted === "" ? words.common.needWords : null);
    if (wanted !== "" && chosen !== null) void ask.run(chosen, wanted, Number(hours));
  }

  return (
    <Page
      title={say.title}
      problem={ask.error}
      foot={
        <Button kind="primary" disabled={chosen === null} pending={ask.pending} onPress={submit}>
          {chosen === null ? say.submit : say.submitTo(chosen)}
        </Button>
      }
    >
      <Problem message={request.error} />
      <Section title={say.who}>
        <QueryView query={organizations}>
          {({ items }) => {
            const here = items.filter((each) => each.communityId === communityId && each.people > 0);
            if (here.length === 0) return <Empty icon="person" title={say.nobody} hint={say.nobodyHint} />;
            return here.map((each) => (
              <Pressable
                key={each.organization}
                className={`card co-ask__unit ${each.organization === chosen ? "co-ask__unit--on" : ""}`}
                chosen={each.organization === chosen}
                onPress={() => setChosen(each.organization)}
              >
                <View className="link-row__main">
                  <View className="strong">{each.organization}</View>
                  <View className="small">{knownOf(each)}</View>
                </View>
                {each.organization === chosen && <Icon name="check" />}
              </Pressable>
            ));
          }}
        </QueryView>
      </Section>
      <Card className="co-ask">
        <Field label={say.what} hint={say.hint} problem={problem}>
          <TextArea label={say.what} value={text} max={LONGEST} placeholder={say.placeholder} onChange={setText} />
        </Field>
        <Field label={say.howLong} hint={say.howLongHint}>
          <Chips choices={choices} chosen={[hours]} onChoose={setHours} />
        </Field>
      </Card>
    </Page>
  );
}
