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
import type { Typed } from "./steps.ts";

const t = zh.protection.factor;

/** An account that may log in with a second factor only sets it up here; the first code completes the login. */
export function SetUpFactor({ typed: { account, password }, onBack }: { typed: Typed; onBack: () => void }) {
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
        {/* Only then: whoever is logged in leaves this page. */}
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
