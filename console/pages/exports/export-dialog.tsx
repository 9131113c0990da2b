import { Form, Input, Modal, Radio } from "antd";
import { useId } from "react";
import type { Input as Asked } from "../../../contract/index.ts";
import { call } from "../../api/index.ts";
import { useMutation } from "../../api/use-mutation.ts";
import { ErrorNote } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";

const t = zh.exports;

/** The request body of a new export. */
export type Wish = Asked<"POST /api/exports">["body"];

interface Fields {
  format: Wish["format"];
  personal: "masked" | "clear";
  reason?: string;
}

interface Props {
  wish: Omit<Wish, "format" | "clearFor">;
  /** Whether names, phones and homes may be exported in clear. Only the committee may, with a reason. */
  mayClear: boolean;
  open: boolean;
  onClose: () => void;
  onStarted: () => void;
}

/** The dialog for a new export: file format, and how much of residents' personal data it contains. */
export function ExportDialog({ wish, mayClear, open, onClose, onStarted }: Props) {
  const title = useId();
  const [form] = Form.useForm<Fields>();
  const personal = Form.useWatch("personal", form);
  const act = useMutation((body: Wish, idempotencyKey: string) =>
    call("POST /api/exports", { body }, { idempotencyKey }),
  );
  const { communityId: _c, kind, ...filter } = wish;
  const narrowed = Object.values(filter).some((value) => value !== undefined);
  const send = async ({ format, personal: shown, reason }: Fields) => {
    const clear = shown === "clear" && reason ? { clearFor: reason } : {};
    if (await act.run({ ...wish, format, ...clear })) onStarted();
  };
  return (
    <Modal
      open={open}
      width={520}
      centered
      title={<span id={title}>{t.dialog(t.kind[kind])}</span>}
      aria-labelledby={title}
      okText={t.submit}
      cancelText={zh.common.cancel}
      confirmLoading={act.busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      mask={{ closable: false }}
      afterClose={() => {
        act.clear();
        form.resetFields();
      }}
    >
      <p className="muted export-what">{narrowed ? t.filtered : t.everything}</p>
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ format: "xlsx", personal: "masked" }}
        onFinish={(fields) => void send(fields)}
      >
        <Form.Item name="format" label={t.format}>
          <Radio.Group
            vertical
            options={(["xlsx", "csv"] as const).map((value) => ({ value, label: t.formats[value] }))}
          />
        </Form.Item>
        {mayClear && (
          <Form.Item name="personal" label={t.personal}>
            <Radio.Group
              vertical
              options={[
                { value: "masked", label: t.masked },
                { value: "clear", label: t.clear },
              ]}
            />
          </Form.Item>
        )}
        {personal === "clear" && (
          <Form.Item
            name="reason"
            label={t.reason}
            rules={[{ required: true, whitespace: true, message: t.reasonMissing }]}
          >
            <Input.TextArea rows={2} maxLength={200} showCount placeholder={t.reasonHint} />
          </Form.Item>
        )}
      </Form>
      <ErrorNote error={act.error} />
    </Modal>
  );
}
