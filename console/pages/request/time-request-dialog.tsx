import { DatePicker, Form, Input } from "antd";
import type { Dayjs } from "dayjs";
import { useId } from "react";
import { call } from "../../api/index.ts";
import { useMutation } from "../../api/use-mutation.ts";
import { zh } from "../../i18n/zh.ts";
import { startInstant } from "../../lib/wall-clock.ts";
import { StepDialog, type StepDialogProps } from "./step-dialog.tsx";
import type { TimeRequestStep } from "./steps.ts";

interface Fields {
  until: Dayjs;
  reason: string;
}

/** Asks the committee for an extension or a suspension until a time. */
export function TimeRequestDialog({ step, onTaken, ...dialog }: StepDialogProps & { step: TimeRequestStep }) {
  const formId = useId();
  const act = useMutation(({ until, reason }: Fields, idempotencyKey: string) =>
    call(
      `POST /api/requests/:id/${step}`,
      {
        params: { id: dialog.request.id },
        body: { until: startInstant(until.format("YYYY-MM-DDTHH:mm")), reason: reason.trim() },
      },
      { idempotencyKey },
    ),
  );
  const send = async (fields: Fields) => {
    if (await act.run(fields)) onTaken();
  };
  return (
    <StepDialog step={step} {...dialog} busy={act.busy} error={act.error} form={formId}>
      <p className="muted">{zh.steps.timeRequest[step]}</p>
      <Form<Fields> id={formId} layout="vertical" requiredMark={false} onFinish={(fields) => void send(fields)}>
        <Form.Item name="until" label={zh.steps.until} rules={[{ required: true, message: zh.steps.untilMissing }]}>
          <DatePicker showTime={{ format: "HH:mm", minuteStep: 30 }} format="YYYY-MM-DD HH:mm" style={{ width: 220 }} />
        </Form.Item>
        <Form.Item
          name="reason"
          label={zh.steps.reason}
          rules={[{ required: true, whitespace: true, message: zh.steps.missing }]}
        >
          <Input.TextArea rows={3} maxLength={200} showCount />
        </Form.Item>
      </Form>
    </StepDialog>
  );
}
