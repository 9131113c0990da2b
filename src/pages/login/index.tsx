import { View } from "@tarojs/components";
import { type ReactNode, useEffect, useState } from "react";
import { call, forgetQueries, session, useAction, useMe } from "../../api";
import { Button } from "../../components/button";
import { Field, TextInput } from "../../components/field";
import { Page } from "../../components/page";
import { PhoneButton, linkWechatPhone } from "../../components/phone-button";
import { Card } from "../../components/section";
import { words } from "../../i18n";
import { rememberPhone } from "../../lib/last-phone";
import { isMobile } from "../../lib/phone";
import { deskOf } from "../../lib/roles";
import { useCountdown } from "../../lib/use-countdown";
import { usePageParam } from "../../wx/lifecycle";
import { back, canGoBack, restartAt } from "../../wx/navigation";
import { DemoAccounts } from "./_parts/demo-accounts";
import "./index.scss";

const CODE = /^\d{6}$/;

/** Login by a code sent to the phone. For a person who is already logged in, it adds the phone to the account. */
export default function Login(): ReactNode {
  const say = words.account.login;
  const binding = useMe() !== null;
  const comesBack = usePageParam("next") === "back";
  const [phone, setPhone] = useState("");
  const [code, setCode] = useState("");
  const [problems, setProblems] = useState<{ phone?: string; code?: string }>({});
  const [demoCode, setDemoCode] = useState<string | null>(null);
  const wait = useCountdown();

  const send = useAction(async (_key, to: string) => {
    const sent = await call("POST /api/auth/otp", { body: { phone: to } });
    wait.start(sent.resendAfter);
    setDemoCode(sent.demoCode ?? null);
    return sent;
  });
  const verify = useAction(async (_key, to: string, secret: string) => {
    const opened = await call("POST /api/auth/otp/verify", { body: { phone: to, code: secret } });
    rememberPhone(to);
    session.begin(opened);
    forgetQueries();
    leave(comesBack);
  });
  const demo = useAction(async (_key, to: string) => {
    const sent = await call("POST /api/auth/otp", { body: { phone: to } });
    await verify.run(to, sent.demoCode ?? "");
  });

  const linkPhone = useAction(async (key, secret: string) => {
    await linkWechatPhone(key, secret);
    leave(comesBack);
  });

  function sendCode(): void {
    const problem = isMobile(phone) ? undefined : say.badPhone;
    setProblems({ phone: problem });
    if (problem === undefined) void send.run(phone);
  }

  function submit(): void {
    const found = {
      phone: isMobile(phone) ? undefined : say.badPhone,
      code: CODE.test(code) ? undefined : say.badCode,
    };
    setProblems(found);
    if (found.phone === undefined && found.code === undefined) void verify.run(phone, code);
  }

  useEffect(() => {
    if (demoCode !== null) setCode(demoCode);
  }, [demoCode]);

  return (
    <Page
      title={binding ? say.bindTitle : say.title}
      problem={(verify.error ?? send.error ?? demo.error ?? linkPhone.error)?.message}
      foot={
        <Button kind="primary" pending={verify.pending} onPress={submit}>
          {binding ? say.bind : say.submit}
        </Button>
      }
    >
      <View>
        <View className="title">{binding ? say.bindLead : say.lead}</View>
        <View className="small">{binding ? say.bindHint : say.leadHint}</View>
      </View>
      <PhoneButton link={linkPhone} />
      <Card className="login__form">
        <Field label={say.phone} problem={problems.phone}>
          <TextInput
            label={say.phone}
            kind="number"
            max={11}
            value={phone}
            placeholder={say.phonePlaceholder}
            onChange={setPhone}
          />
        </Field>
        <Field
          label={say.code}
          problem={problems.code}
          hint={demoCode ? say.demoCode(demoCode) : wait.left > 0 ? say.sent(phone) : undefined}
        >
          <View className="code-field">
            <TextInput
              label={say.code}
              kind="number"
              max={6}
              value={code}
              placeholder={say.codePlaceholder}
              onChange={setCode}
            />
            <Button pending={send.pending} disabled={wait.left > 0} onPress={sendCode}>
              {wait.left > 0 ? say.sendAgain(wait.left) : wait.started ? say.resend : say.send}
            </Button>
          </View>
        </Field>
      </Card>
      {!binding && <DemoAccounts pending={demo.pending || verify.pending} onChoose={(to) => void demo.run(to)} />}
    </Page>
  );
}

/** Returns to the page that asked for the login. Without one, staff go to their start page. */
function leave(comesBack: boolean): void {
  const desk = comesBack ? null : deskOf(session.get().me);
  if (desk !== null) restartAt(desk);
  else if (canGoBack()) back();
  else restartAt("/pages/home/index");
}
