import { Form, Input } from "antd";
import { zh } from "../i18n/zh.ts";

const t = zh.login;
const MIN_LENGTH = 10;

/** A new password, typed twice. */
export interface NewPassword {
  own: string;
  repeat: string;
}

/** The form fields of {@link NewPassword}. The server checks the other rules for passwords. */
export function NewPasswordFields({ autoFocus = false }: { autoFocus?: boolean }) {
  return (
    <>
      <Form.Item
        name="own"
        label={t.ownPassword}
        extra={t.ownHint}
        rules={[{ required: true, min: MIN_LENGTH, message: t.ownShort }]}
      >
        <Input.Password size="large" autoComplete="new-password" maxLength={200} autoFocus={autoFocus} />
      </Form.Item>
      <Form.Item
        name="repeat"
        label={t.repeat}
        dependencies={["own"]}
        rules={[
          ({ getFieldValue }) => ({
            validator: async (_rule, value) => {
              if (value !== getFieldValue("own")) throw new Error(t.repeatWrong);
            },
          }),
        ]}
      >
        <Input.Password size="large" autoComplete="new-password" maxLength={200} />
      </Form.Item>
    </>
  );
}
