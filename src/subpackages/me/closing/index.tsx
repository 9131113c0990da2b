import { View } from "@tarojs/components";
import { type ReactNode, useState } from "react";
import { call, forgetQueries, session, useAction, useMe, useQuery } from "../../../api";
import type { Input } from "../../../../contract/index.ts";
import { Button } from "../../../components/button";
import { Field } from "../../../components/field";
import { LinkRow } from "../../../components/link-row";
import { Page } from "../../../components/page";
import { QueryView } from "../../../components/query-view";
import { Card } from "../../../components/section";
import { words } from "../../../i18n";
import { me as text } from "../../../i18n/zh/me";
import { drafts } from "../../../wx/drafts";
import { confirm, toast } from "../../../wx/feedback";
import { wechatCode } from "../../../wx/login";
import { open, restartAt } from "../../../wx/navigation";
import { isH5 } from "../../../wx/platform";
import { ForMembers } from "../_parts/for-members";
import { CodeField } from "./_parts/code-field";
import { OpenRequests } from "./_parts/open-requests";
import "../_parts/document.scss";

type Proof = Input<"POST /api/me/close">["body"]["proof"];
const CODE = /^\d{6}$/;

/** Closes the account for good: consequences, proof of identity, a last confirmation. */
export default function Closing(): ReactNode {
  const say = text.closing;
  const me = useMe();
  const data = useQuery("GET /api/me/data", me === null ? null : {});
  const [code, setCode] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const close = useAction(async () => {
    await call("POST /api/me/close", { body: { proof: await proofOf(code) } });
    session.end();
    forgetQueries();
    drafts.clear();
    restartAt("/pages/home/index");
    toast(say.done);
  });

  async function submit(): Promise<void> {
    const missing = isH5 && !CODE.test(code);
    setProblem(missing ? say.badCode : null);
    if (missing) return;
    const sure = await confirm({
      title: say.sureTitle,
      content: say.sureText,
      yes: words.common.yes,
      no: words.common.cancel,
    });
    if (sure) await close.run();
  }

  if (me === null) return <ForMembers title={say.title} hint={say.guestHint} />;
  return (
    <Page
      title={say.title}
      problem={close.error}
      foot={
        <Button kind="primary" pending={close.pending} onPress={() => void submit()}>
          {say.submit}
        </Button>
      }
    >
      <Card className="document__part">
        <View className="title">{say.lead}</View>
        {say.lines.map((line) => (
          <View key={line}>{line}</View>
        ))}
      </Card>
      <QueryView query={data} rows={1}>
        {(kept) => <OpenRequests data={kept} />}
      </QueryView>
      <Card className="document__part">
        <View className="title">{say.stays}</View>
        {say.stayLines.map((line) => (
          <View key={line}>{line}</View>
        ))}
      </Card>
      <Card className="card--list">
        <LinkRow icon="list" title={say.takeFirst} onPress={() => open("/subpackages/me/data/index")} />
      </Card>
      <Card>
        {isH5 ? (
          <CodeField phone={me.phone ?? ""} code={code} problem={problem} onChange={setCode} />
        ) : (
          <Field label={say.proof} hint={say.proofWechat}>
            {null}
          </Field>
        )}
      </Card>
    </Page>
  );
}

/** The proof of identity: in WeChat a new login code, in a browser the code sent to the person's own phone. */
async function proofOf(code: string): Promise<Proof> {
  const fresh = await wechatCode();
  return fresh === null ? { kind: "phone", code } : { kind: "wechat", code: fresh };
}
