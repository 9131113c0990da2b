import { Button, Form, Input } from "antd";
import { useEffect } from "react";
import { useLogin } from "../../api/me.tsx";
import { useAct } from "../../api/use-act.ts";
import { Logo } from "../../components/logo.tsx";
import { ErrorNote } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";
import type { Fields } from "./login-page.tsx";

const t = zh.login;
const SHORTEST = 10;

interface Own {
  own: string;
  repeat: string;
}

/** Whoever came with a one-time password chooses an own one, and is in. */
export function OwnPassword({ temporary, onBack }: { temporary: Fields; onBack: () => void }) {
  const { logIn } = useLogin();
  const save = useAct(({ own }: Own) => logIn(temporary.account, temporary.password, own));
  useEffect(() => {
    document.title = `${t.own} · ${zh.app.name}`;
  }, []);
  return (
    <main className="login">
      <section className="login-card">
        <Logo />
        <h1>{t.own}</h1>
        <p className="muted">{t.ownLead}</p>
        <Form<Own>
          layout="vertical"
          requiredMark={false}
          onFinish={(fields) => void save.run(fields)}
          onValuesChange={save.clear}
          disabled={save.busy}
        >
          {/* For password managers: whose password it is. */}
          <input type="text" autoComplete="username" value={temporary.account} readOnly hidden />
          <Form.Item
            name="own"
            label={t.ownPassword}
            extra={t.ownHint}
            rules={[{ required: true, min: SHORTEST, message: t.ownShort }]}
          >
            <Input.Password size="large" autoComplete="new-password" maxLength={200} autoFocus />
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
          <ErrorNote error={save.error} />
          <Button type="primary" htmlType="submit" size="large" block loading={save.busy} className="login-go">
            {t.ownSubmit}
          </Button>
          <Button type="text" block onClick={onBack}>
            {t.back}
          </Button>
        </Form>
      </section>
    </main>
  );
}
