import { Form, Input, Select } from "antd";
import { useId } from "react";
import type { Input as Asked } from "../../../contract/index.ts";
import { call } from "../../api/index.ts";
import { useMutation } from "../../api/use-mutation.ts";
import { useQuery } from "../../api/use-query.ts";
import { zh } from "../../i18n/zh.ts";
import { StepDialog, type StepDialogProps } from "./step-dialog.tsx";

const t = zh.proxyFiling;
type Fields = Asked<"POST /api/requests/:id/ask-transfer">["body"];

/** 转办: asks another community to take the request over, with a reason. */
export function TransferDialog({ onTaken, ...dialog }: StepDialogProps) {
  const formId = useId();
  const { id, communityId } = dialog.request;
  const communities = useQuery("GET /api/communities", {});
  const act = useMutation((body: Fields, idempotencyKey: string) =>
    call("POST /api/requests/:id/ask-transfer", { params: { id }, body }, { idempotencyKey }),
  );
  const send = async (fields: Fields) => {
    if (await act.run(fields)) onTaken();
  };
  const others = (communities.data?.items ?? []).filter((community) => community.id !== communityId);
  return (
    <StepDialog step="ask-transfer" {...dialog} busy={act.busy} error={act.error} form={formId}>
      <p className="muted">{t.transferAsk}</p>
      <Form<Fields> id={formId} layout="vertical" requiredMark={false} onFinish={(fields) => void send(fields)}>
        <Form.Item name="to" label={t.transferTo} rules={[{ required: true, message: t.transferToMissing }]}>
          <Select options={others.map(({ id: value, name: label }) => ({ value, label }))} />
        </Form.Item>
        <Form.Item
          name="reason"
          label={t.transferReason}
          extra={t.transferReasonHint}
          rules={[{ required: true, whitespace: true, message: t.missing(t.transferReason) }]}
        >
          <Input.TextArea rows={3} maxLength={200} showCount />
        </Form.Item>
      </Form>
    </StepDialog>
  );
}
