import { App, Button, Form, Input } from "antd";
import { call } from "../../api/index.ts";
import { useMutation } from "../../api/use-mutation.ts";
import { type NewPassword, NewPasswordFields } from "../../components/new-password-fields.tsx";
import { ErrorNote } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";

const t = zh.protection.password;

interface Fields extends NewPassword {
  password: string;
}

/** The form to replace one's own password. */
export function PasswordPart({ account }: { account: string }) {
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const change = useMutation(async ({ password, own }: Fields) => {
    await call("POST /api/me/password", { body: { password, newPassword: own } });
    form.resetFields();
    message.success(t.saved);
  });
  return (
    <section className="card part" aria-labelledby="own-password">
      <h2 id="own-password">{t.title}</h2>
      <p className="muted">{t.hint}</p>
      <Form<Fields>
        form={form}
        name="change-password"
        className="own-form"
        layout="vertical"
        requiredMark={false}
        onFinish={(fields) => void change.run(fields)}
        onValuesChange={change.clear}
        disabled={change.busy}
      >
        {/* Tells password managers whose password it is. */}
        <input type="text" autoComplete="username" value={account} readOnly hidden />
        <Form.Item name="password" label={t.now} rules={[{ required: true, message: t.nowMissing }]}>
          <Input.Password size="large" autoComplete="current-password" maxLength={200} />
        </Form.Item>
        <NewPasswordFields />
        <ErrorNote error={change.error} />
        <Button type="primary" htmlType="submit" loading={change.busy}>
          {t.save}
        </Button>
      </Form>
    </section>
  );
}
