import { Button, Form } from "antd";
import { useMutation } from "../../api/use-mutation.ts";
import { CodeField } from "../../components/code-field.tsx";
import { ErrorNote } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";
import { LoginCard } from "./login-card.tsx";
import type { LoginInput } from "./steps.ts";

const t = zh.protection.factor;

interface Props {
  typed: LoginInput;
  enter: (typed: LoginInput) => Promise<void>;
  onBack: () => void;
}

/** The login step that asks for the code of the second factor. */
export function CodeStep({ typed, enter, onBack }: Props) {
  const go = useMutation(({ code }: { code: string }) => enter({ ...typed, code }));
  return (
    <LoginCard title={t.codeTitle} lead={t.codeLead} onBack={onBack}>
      <Form<{ code: string }>
        layout="vertical"
        requiredMark={false}
        onFinish={(fields) => void go.run(fields)}
        onValuesChange={go.clear}
        disabled={go.busy}
      >
        <CodeField autoFocus />
        <ErrorNote error={go.error} />
        <Button type="primary" htmlType="submit" size="large" block loading={go.busy} className="login-go">
          {zh.login.submit}
        </Button>
      </Form>
      <p className="muted login-hint">{t.lost}</p>
    </LoginCard>
  );
}
