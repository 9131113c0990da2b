import { Button, Form } from "antd";
import { useMutation } from "../../api/use-mutation.ts";
import { type NewPassword, NewPasswordFields } from "../../components/new-password-fields.tsx";
import { ErrorNote } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";
import { LoginCard } from "./login-card.tsx";
import type { LoginInput } from "./steps.ts";

const t = zh.login;

interface Props {
  typed: LoginInput;
  enter: (typed: LoginInput) => Promise<void>;
  onBack: () => void;
}

/** The login step that replaces a one-time password by an own one. */
export function OwnPassword({ typed, enter, onBack }: Props) {
  const save = useMutation(({ own }: NewPassword) => enter({ ...typed, newPassword: own }));
  return (
    <LoginCard title={t.own} lead={t.ownLead} onBack={onBack}>
      <Form<NewPassword>
        layout="vertical"
        requiredMark={false}
        onFinish={(fields) => void save.run(fields)}
        onValuesChange={save.clear}
        disabled={save.busy}
      >
        {/* Tells password managers whose password it is. */}
        <input type="text" autoComplete="username" value={typed.account} readOnly hidden />
        <NewPasswordFields autoFocus />
        <ErrorNote error={save.error} />
        <Button type="primary" htmlType="submit" size="large" block loading={save.busy} className="login-go">
          {t.ownSubmit}
        </Button>
      </Form>
    </LoginCard>
  );
}
