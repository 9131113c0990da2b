import { Form, Input, Modal } from "antd";
import { useState } from "react";
import type { Input as InputOf, Reply } from "../../../contract/index.ts";
import { call } from "../../api/index.ts";
import { useMutation } from "../../api/use-mutation.ts";
import { ErrorNote } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";

const t = zh.settings.people;
const words = zh.settings.invite;

type Fields = InputOf<"POST /api/communities/:id/clerks">["body"];

interface Props {
  communityId: string;
  onClose: () => void;
  onDone: () => void;
}

/** Creates an account for a colleague. Its one-time password is shown only here. */
export function AccountDialog({ communityId, onClose, onDone }: Props) {
  const [form] = Form.useForm<Fields>();
  const [made, setMade] = useState<Reply<"POST /api/communities/:id/clerks"> | null>(null);
  const act = useMutation((body: Fields) =>
    call("POST /api/communities/:id/clerks", { params: { id: communityId }, body }),
  );
  const make = async (fields: Fields) => {
    const answer = await act.run(fields);
    if (answer) setMade(answer);
  };
  if (made) {
    return (
      <Modal
        open
        centered
        title={t.password}
        okText={t.passwordDone}
        cancelButtonProps={{ hidden: true }}
        closable={false}
        mask={{ closable: false }}
        onOk={onDone}
      >
        <p>{t.passwordLead(made.account)}</p>
        <p className="one-time figures">{made.password}</p>
      </Modal>
    );
  }
  return (
    <Modal
      open
      centered
      title={t.account}
      okText={t.accountSubmit}
      cancelText={zh.common.cancel}
      confirmLoading={act.busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <p className="muted">{t.accountLead}</p>
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        onValuesChange={act.clear}
        onFinish={(fields) => void make(fields)}
      >
        <Form.Item
          name="name"
          label={words.name}
          rules={[{ required: true, whitespace: true, message: words.nameMissing }]}
        >
          <Input maxLength={20} />
        </Form.Item>
        <Form.Item
          name="title"
          label={words.post}
          rules={[{ required: true, whitespace: true, message: words.postMissing }]}
        >
          <Input maxLength={20} />
        </Form.Item>
        <Form.Item
          name="account"
          label={t.accountName}
          extra={t.accountHint}
          rules={[{ required: true, whitespace: true, message: t.accountMissing }]}
        >
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
      </Form>
      <ErrorNote error={act.error} />
    </Modal>
  );
}
