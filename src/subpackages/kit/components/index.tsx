import { type ReactNode, useState } from "react";
import { Button } from "../../../components/button";
import { Page } from "../../../components/page";
import { PrivacySheet } from "../../../components/privacy-sheet";
import { Card, Section } from "../../../components/section";
import { ChoiceSheet } from "../../../components/sheet";
import { confirm, toast } from "../../../wx/feedback";
import { ActionParts } from "./_parts/actions";
import { FaceParts } from "./_parts/faces";
import { FieldParts } from "./_parts/fields";
import { MatterParts } from "./_parts/matters";
import "./index.scss";

const question = { title: "撤回这件诉求？", content: "撤回后干部不再办理。", yes: "撤回", no: "取消" };

/** Shows every component in every state, for a check by eye after a change. H5 only; no page links to it. */
export default function Components(): ReactNode {
  const [over, setOver] = useState<"choice" | "privacy" | null>(null);
  const close = (): void => setOver(null);
  return (
    <Page
      title="组件"
      foot={
        <Button kind="primary" onPress={() => toast("已提交")}>
          提交
        </Button>
      }
      problem="这一步没有成功，内容没有丢失，请再试一次。"
      overlay={
        <>
          {over === "choice" && (
            <ChoiceSheet
              title="选择楼栋"
              options={[
                { code: "1", text: "1号楼" },
                { code: "2", text: "2号楼", hint: "2 个单元" },
              ]}
              chosen="2"
              onChoose={close}
              onClose={close}
            />
          )}
          {over === "privacy" && <PrivacySheet />}
        </>
      }
    >
      <Section title="浮层">
        <Card className="kit__row">
          <Button onPress={() => setOver("choice")}>选择面板</Button>
          <Button onPress={() => setOver("privacy")}>隐私面板</Button>
          <Button onPress={() => void confirm(question)}>确认框</Button>
          <Button onPress={() => toast("已保存")}>短提示</Button>
        </Card>
      </Section>
      <ActionParts />
      <FieldParts />
      <MatterParts />
      <FaceParts />
    </Page>
  );
}
