import { Button } from "antd";
import { useState } from "react";
import type { Enrolment, Reply } from "../../../contract/index.ts";
import { call } from "../../api/index.ts";
import { useLogin } from "../../api/me.tsx";
import { useMutation } from "../../api/use-mutation.ts";
import { RecoveryCodes } from "../../components/recovery-codes.tsx";
import { ScanCode } from "../../components/scan-code.tsx";
import { ErrorNote } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";
import { LoginCard } from "./login-card.tsx";
import type { LoginInput } from "./steps.ts";

const t = zh.protection.factor;

/** The login step that sets up a second factor, for accounts that must have one. The first code completes the login. */
export function SetUpFactor({ typed: { account, password }, onBack }: { typed: LoginInput; onBack: () => void }) {
  const { take } = useLogin();
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const [done, setDone] = useState<Reply<"POST /api/auth/second-factor/confirm"> | null>(null);
  const begin = useMutation(async () => {
    setEnrolment(await call("POST /api/auth/second-factor", { body: { account, password } }));
  });
  const confirm = useMutation(async ({ code }: { code: string }) => {
    setDone(await call("POST /api/auth/second-factor/confirm", { body: { account, password, code } }));
  });
  if (done) {
    return (
      <LoginCard title={t.recoveryTitle}>
        {/* The login is completed only on done, because a logged-in person is redirected from this page. */}
        <RecoveryCodes codes={done.recoveryCodes} done={t.savedAndIn} onDone={() => take(done.session)} />
      </LoginCard>
    );
  }
  return (
    <LoginCard title={t.setUpTitle} lead={enrolment ? undefined : t.setUpLead} onBack={onBack}>
      {enrolment ? (
        <ScanCode enrolment={enrolment} confirm={confirm} />
      ) : (
        <>
          <p>{t.lead}</p>
          <p>{t.apps}</p>
          <ErrorNote error={begin.error} />
          <Button type="primary" size="large" block loading={begin.busy} onClick={() => void begin.run(undefined)}>
            {t.showPicture}
          </Button>
        </>
      )}
    </LoginCard>
  );
}
