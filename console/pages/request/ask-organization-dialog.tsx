import { Form, Input, Radio } from "antd";
import { useId } from "react";
import { call } from "../../api/index.ts";
import { useMutation } from "../../api/use-mutation.ts";
import { useQuery } from "../../api/use-query.ts";
import { Nothing, WhenLoaded } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";
import { StepDialog, type StepDialogProps } from "./step-dialog.tsx";

const t = zh.coHandling;
const hoursChoice = Object.entries(t.hoursChoice).map(([value, label]) => ({ value: Number(value), label }));

interface Fields {
  organization: string;
  text: string;
  hours: number;
}

/** 请单位协办: asks an organization to do a part of the request within a time. */
export function AskOrganizationDialog({ onTaken, ...dialog }: StepDialogProps) {
  const formId = useId();
  const { id, communityId } = dialog.request;
  const organizations = useQuery("GET /api/organizations", {});
  const act = useMutation(({ text, ...rest }: Fields, idempotencyKey: string) =>
    call(
      "POST /api/requests/:id/ask-organization",
      { params: { id }, body: { ...rest, text: text.trim() } },
      { idempotencyKey },
    ),
  );
  const send = async (fields: Fields) => {
    if (await act.run(fields)) onTaken();
  };
  return (
    <StepDialog step="ask-organization" {...dialog} busy={act.busy} error={act.error} form={formId} width={560}>
      <WhenLoaded loaded={organizations}>
        {({ items }) => {
          const here = items.filter((each) => each.communityId === communityId && each.people > 0);
          if (here.length === 0) return <Nothing title={t.none} hint={t.noneHint} />;
          return (
            <Form<Fields>
              id={formId}
              layout="vertical"
              requiredMark={false}
              initialValues={{ hours: 24 }}
              onFinish={(fields) => void send(fields)}
            >
              <Form.Item name="organization" label={t.who} rules={[{ required: true, message: t.toMissing }]}>
                <Radio.Group className="cadre-choices">
                  {here.map(({ organization, open, refused }) => (
                    <Radio key={organization} value={organization}>
                      <strong>{organization}</strong> <span className="muted">{t.known(open, refused)}</span>
                    </Radio>
                  ))}
                </Radio.Group>
              </Form.Item>
              <Form.Item
                name="text"
                label={t.what}
                extra={t.whatHint}
                rules={[{ required: true, whitespace: true, message: t.whatMissing }]}
              >
                <Input.TextArea rows={3} maxLength={500} showCount />
              </Form.Item>
              <Form.Item name="hours" label={t.howLong} extra={t.howLongHint}>
                <Radio.Group options={hoursChoice} />
              </Form.Item>
            </Form>
          );
        }}
      </WhenLoaded>
    </StepDialog>
  );
}
