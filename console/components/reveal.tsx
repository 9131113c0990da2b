import { EyeInvisibleOutlined, EyeOutlined } from "@ant-design/icons";
import { Button, Form, Input, Modal } from "antd";
import { useId, useState } from "react";
import type { Role, RevealField } from "../../contract/index.ts";
import { call } from "../api/index.ts";
import { useMe } from "../api/me.tsx";
import { useInvalidate } from "../api/invalidate.ts";
import { useMutation } from "../api/use-mutation.ts";
import { zh } from "../i18n/zh.ts";
import { ErrorNote } from "./states.tsx";

const t = zh.reveal;
const asked: Readonly<Record<"request" | "resident", readonly Role[]>> = {
  request: ["committee", "supervisor", "cadre"],
  resident: ["committee"],
};

interface Props {
  of: "request" | "resident";
  id: string;
  field: RevealField;
  /** The person's name as the page shows it. */
  whose: string;
  /** The masked value, shown until it is revealed. */
  masked: string;
}

/**
 * A masked datum with a button to reveal it. Revealing asks for a reason, which the server records first. The clear
 * value is kept only while the page is open.
 */
export function Reveal({ of, id, field, whose, masked }: Props) {
  const { role } = useMe().actingAs;
  const [open, setOpen] = useState(false);
  const [seen, setSeen] = useState<string | null>(null);
  if (!masked.includes("*") || !asked[of].includes(role)) return <span className="figures">{masked}</span>;
  return (
    <span className="reveal">
      <span className="figures" aria-live="polite">
        {seen === "" ? t.empty : (seen ?? masked)}
      </span>
      {seen === null ? (
        <Button
          size="small"
          type="link"
          icon={<EyeOutlined aria-hidden />}
          aria-label={t.openOf[field](whose)}
          onClick={() => setOpen(true)}
        >
          {t.open}
        </Button>
      ) : (
        <Button
          size="small"
          type="link"
          icon={<EyeInvisibleOutlined aria-hidden />}
          aria-label={t.hideOf}
          onClick={() => setSeen(null)}
        >
          {t.hide}
        </Button>
      )}
      <ReasonDialog
        {...{ of, id, field, open }}
        onClose={() => setOpen(false)}
        onSeen={(value) => {
          setSeen(value);
          setOpen(false);
        }}
      />
    </span>
  );
}

interface DialogProps extends Pick<Props, "of" | "id" | "field"> {
  open: boolean;
  onClose: () => void;
  onSeen: (value: string) => void;
}

function ReasonDialog({ of, id, field, open, onClose, onSeen }: DialogProps) {
  const [title, formId] = [useId(), useId()];
  const [form] = Form.useForm<{ reason: string }>();
  const invalidate = useInvalidate();
  const act = useMutation(({ reason }: { reason: string }, key: string) =>
    call("POST /api/reveals", { body: { of, id, field, reason } }, { idempotencyKey: key }),
  );
  const send = async ({ reason }: { reason: string }) => {
    const done = await act.run({ reason: reason.trim() });
    if (!done) return;
    onSeen(done.value);
    invalidate();
  };
  return (
    <Modal
      open={open}
      width={440}
      centered
      destroyOnHidden
      title={<span id={title}>{t.title[field]}</span>}
      aria-labelledby={title}
      okText={t.submit}
      cancelText={zh.common.cancel}
      confirmLoading={act.busy}
      okButtonProps={{ htmlType: "submit", form: formId }}
      onCancel={onClose}
      afterClose={act.clear}
    >
      <p className="muted">{t.lead}</p>
      <Form
        id={formId}
        form={form}
        layout="vertical"
        requiredMark={false}
        preserve={false}
        onFinish={(fields) => void send(fields)}
      >
        <Form.Item
          name="reason"
          label={t.reason}
          rules={[
            { required: true, whitespace: true, min: 4, message: t.short, transform: (said: string) => said?.trim() },
          ]}
        >
          <Input.TextArea
            autoFocus
            rows={2}
            maxLength={200}
            showCount
            placeholder={t.reasonHint}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.submit();
            }}
          />
        </Form.Item>
      </Form>
      <ErrorNote error={act.error} />
    </Modal>
  );
}
