import { Button, Form, Input, type InputRef } from "antd";
import { useEffect, useRef, useState } from "react";
import { Navigate, useSearchParams } from "react-router";
import { toApiError } from "../../api/error.ts";
import { useLogin } from "../../api/me.tsx";
import { useMutation } from "../../api/use-mutation.ts";
import { ErrorNote } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";
import { CodeStep } from "./code-step.tsx";
import { DemoAccounts } from "./demo-accounts.tsx";
import { LoginCard } from "./login-card.tsx";
import { OwnPassword } from "./own-password.tsx";
import { SetUpFactor } from "./set-up-factor.tsx";
import { type MissingStep, type LoginInput, missingStepOf, withOwnPassword } from "./steps.ts";

/**
 * The path to open after the login. Only paths of the console are allowed, so that a link cannot lead to another site.
 */
const nextOf = (next: string | null): string =>
  next && /^\/(?![/\\])/.test(next) && !next.startsWith("/login") ? next : "/";

/** Login by account and password; in demo mode also by one click on a demo account. */
export function LoginPage() {
  const { login, logIn } = useLogin();
  const [params] = useSearchParams();
  const [capsLock, setCapsLock] = useState(false);
  const first = useRef<InputRef>(null);
  const [asked, setAsked] = useState<{ what: MissingStep; typed: LoginInput } | null>(null);
  const goOn = async (typed: LoginInput) => {
    try {
      await logIn(typed);
    } catch (thrown) {
      const what = missingStepOf(toApiError(thrown));
      if (!what) throw thrown;
      setAsked({ what, typed: what === "factor" ? withOwnPassword(typed) : typed });
    }
  };
  const enter = useMutation(goOn);
  const back = () => setAsked(null);

  useEffect(() => {
    first.current?.focus();
  }, []);

  const ended = login.state === "somebody" && login.ended === true;
  if (login.state === "somebody" && !ended) return <Navigate to={nextOf(params.get("next"))} replace />;
  if (asked?.what === "own") return <OwnPassword typed={asked.typed} enter={goOn} onBack={back} />;
  if (asked?.what === "code") return <CodeStep typed={asked.typed} enter={goOn} onBack={back} />;
  if (asked?.what === "factor") return <SetUpFactor typed={asked.typed} onBack={back} />;
  return (
    <LoginCard title={ended ? zh.login.ended.title : zh.login.title} lead={ended ? zh.login.ended.lead : undefined}>
      <Form<LoginInput>
        layout="vertical"
        requiredMark={false}
        onFinish={(fields) => void enter.run(fields)}
        onValuesChange={enter.clear}
        disabled={enter.busy}
      >
        <Form.Item
          name="account"
          label={zh.login.account}
          rules={[{ required: true, whitespace: true, message: zh.login.accountMissing }]}
        >
          <Input ref={first} size="large" autoComplete="username" maxLength={60} />
        </Form.Item>
        <Form.Item
          name="password"
          label={zh.login.password}
          rules={[{ required: true, message: zh.login.passwordMissing }]}
          extra={capsLock ? zh.login.capsLock : undefined}
        >
          <Input.Password
            size="large"
            autoComplete="current-password"
            maxLength={200}
            onKeyUp={(event) => setCapsLock(event.getModifierState("CapsLock"))}
          />
        </Form.Item>
        <ErrorNote error={enter.error} />
        <Button type="primary" htmlType="submit" size="large" block loading={enter.busy} className="login-go">
          {zh.login.submit}
        </Button>
      </Form>
      <p className="muted login-hint">{zh.login.forgot}</p>
      <DemoAccounts busy={enter.busy} onChoose={(fields) => void enter.run(fields)} />
    </LoginCard>
  );
}
