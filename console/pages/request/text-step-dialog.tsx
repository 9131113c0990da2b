import { Form, Input, Radio, Select, type GetRef } from "antd";
import { useEffect, useId, useRef } from "react";
import { withPhrase } from "../../../fronts/with-phrase.ts";
import { useMutation } from "../../api/use-mutation.ts";
import { useQuery } from "../../api/use-query.ts";
import { zh } from "../../i18n/zh.ts";
import { StepDialog, type StepDialogProps } from "./step-dialog.tsx";
import { type TextStep, textSteps } from "./steps.ts";

interface Fields {
  text: string;
  chosen?: string;
}

/** The dialog of a step whose input is a text. Ctrl+Enter submits. */
export function TextStepDialog({ step, onTaken, ...dialog }: StepDialogProps & { step: keyof typeof textSteps }) {
  const { label, hint, max, warning, choice, take }: TextStep = textSteps[step];
  const formId = useId();
  const field = useRef<GetRef<typeof Input.TextArea>>(null);
  const [form] = Form.useForm<Fields>();
  const found = useQuery("GET /api/communities/:id/templates", {
    params: { id: dialog.request.communityId },
  });
  const phrases = found.data?.items.filter((template) => template.step === step).map(({ text }) => text) ?? [];
  const act = useMutation(({ text, chosen = "" }: Fields, key: string) =>
    take(dialog.request.id, text.trim(), key, chosen),
  );
  // The field is focused after a delay, because the dialog takes the focus when it opens.
  useEffect(() => {
    const timer = window.setTimeout(() => field.current?.focus(), 60);
    return () => window.clearTimeout(timer);
  }, []);

  const send = async (fields: Fields) => {
    if (await act.run(fields)) onTaken();
  };
  return (
    <StepDialog step={step} {...dialog} busy={act.busy} error={act.error} form={formId}>
      {warning && <p className="muted">{warning}</p>}
      <Form id={formId} form={form} layout="vertical" requiredMark={false} onFinish={(fields) => void send(fields)}>
        {choice && (
          <Form.Item name="chosen" label={choice.label} rules={[{ required: true, message: zh.steps.missing }]}>
            <Radio.Group options={Object.entries(choice.options).map(([value, words]) => ({ value, label: words }))} />
          </Form.Item>
        )}
        {phrases.length > 0 && (
          <Form.Item label={zh.steps.templates}>
            <Select<string>
              value={null}
              placeholder={zh.steps.templatePick}
              options={phrases.map((text) => ({ value: text, label: text }))}
              onChange={(phrase) =>
                form.setFieldsValue({ text: withPhrase(form.getFieldValue("text") ?? "", phrase, phrases) })
              }
            />
          </Form.Item>
        )}
        <Form.Item
          name="text"
          label={label}
          extra={hint}
          rules={[{ required: true, whitespace: true, message: zh.steps.missing }]}
        >
          <Input.TextArea
            ref={field}
            rows={4}
            maxLength={max}
            showCount
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.submit();
            }}
          />
        </Form.Item>
      </Form>
    </StepDialog>
  );
}
