import { View } from "@tarojs/components";
import { type ReactNode, useState } from "react";
import { call, refreshQueries, useAction, useMe, useQuery } from "../../../api";
import { Button } from "../../../components/button";
import { Chips } from "../../../components/chips";
import { Field, TextArea } from "../../../components/field";
import { Page } from "../../../components/page";
import { Card } from "../../../components/section";
import { words } from "../../../i18n";
import { collaborationStory } from "../../../i18n/zh/collaboration";
import { toast } from "../../../wx/feedback";
import { usePageParam } from "../../../wx/lifecycle";
import { back } from "../../../wx/navigation";
import "./index.scss";

const say = collaborationStory.transfer;

/** 转办: asks another community to take the request over, with a reason. */
export default function Transfer(): ReactNode {
  const id = usePageParam("id");
  const own = useMe()?.actingAs.communityId ?? null;
  const communities = useQuery("GET /api/communities", {}).data?.items ?? [];
  const [to, setTo] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const [problems, setProblems] = useState<{ to?: string; reason?: string }>({});
  const ask = useAction(async (key, body: { to: string; reason: string }) => {
    await call("POST /api/requests/:id/ask-transfer", { params: { id }, body }, { idempotencyKey: key });
    refreshQueries("GET /api/requests");
    toast(words.steps["ask-transfer"].done);
    back();
  });

  function submit(): void {
    const given = reason.trim();
    setProblems({ ...(to === null && { to: say.needTo }), ...(given === "" && { reason: words.common.needWords }) });
    if (to !== null && given !== "") void ask.run({ to, reason: given });
  }

  return (
    <Page
      title={say.title}
      problem={ask.error}
      foot={
        <Button kind="primary" pending={ask.pending} onPress={submit}>
          {say.submit}
        </Button>
      }
    >
      <View className="small">{say.lead}</View>
      <Card className="transfer">
        <Field label={say.to} problem={problems.to}>
          <Chips
            choices={communities.filter((one) => one.id !== own).map(({ id: code, name: text }) => ({ code, text }))}
            chosen={to === null ? [] : [to]}
            onChoose={setTo}
          />
        </Field>
        <Field label={say.reason} hint={say.reasonHint} problem={problems.reason}>
          <TextArea label={say.reason} value={reason} max={200} placeholder={say.placeholder} onChange={setReason} />
        </Field>
      </Card>
    </Page>
  );
}
