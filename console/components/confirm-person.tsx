import { Form, Input, Modal } from "antd";
import { useState, useSyncExternalStore } from "react";
import { call, personCheck, session } from "../api/index.ts";
import { toApiError } from "../api/error.ts";
import { useMutation } from "../api/use-mutation.ts";
import { zh } from "../i18n/zh.ts";
import { CodeField } from "./code-field.tsx";
import { ErrorNote } from "./states.tsx";

const t = zh.protection.again;

interface Proof {
  password: string;
  /** Asked for once the server has said that the account has a second factor. */
  code?: string;
}

/**
 * The dialog that asks for the password, and the code, before a protected step. The step goes on after it; closing the
 * dialog leaves the step undone.
 */
export function ConfirmPerson() {
  const open = useSyncExternalStore(personCheck.subscribe, personCheck.isOpen);
  return open ? <Question /> : null;
}

function Question() {
  const [form] = Form.useForm<Proof>();
  const [withCode, setWithCode] = useState(false);
  const prove = useMutation(async (body: Proof) => {
    const tokens = session.read();
    try {
      const { accessToken } = await call("POST /api/auth/reauthenticate", { body });
      if (tokens) session.write({ ...tokens, accessToken });
      personCheck.answer(true);
    } catch (thrown) {
      if (withCode || toApiError(thrown).code !== "auth.second_factor_required") throw thrown;
      setWithCode(true);
    }
  });
  return (
    <Modal
      open
      centered
      title={t.title}
      okText={t.ok}
      cancelText={zh.common.cancel}
      confirmLoading={prove.busy}
      onOk={form.submit}
      onCancel={() => personCheck.answer(false)}
      mask={{ closable: false }}
    >
      <p className="muted">{t.lead}</p>
      <Form<Proof>
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(fields) => void prove.run(fields)}
        onValuesChange={prove.clear}
        disabled={prove.busy}
      >
        <Form.Item
          name="password"
          label={zh.login.password}
          rules={[{ required: true, message: zh.login.passwordMissing }]}
        >
          <Input.Password size="large" autoFocus autoComplete="current-password" maxLength={200} />
        </Form.Item>
        {withCode && <CodeField autoFocus />}
        <ErrorNote error={prove.error} />
        {/* Makes Enter submit the form; the visible button is the dialog's. */}
        <button type="submit" hidden aria-hidden />
      </Form>
    </Modal>
  );
}
