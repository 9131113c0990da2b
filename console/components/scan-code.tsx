import { Button, Form, QRCode } from "antd";
import type { Enrolment } from "../../contract/index.ts";
import type { Mutation } from "../api/use-mutation.ts";
import { zh } from "../i18n/zh.ts";
import { CodeField } from "./code-field.tsx";
import { ErrorNote } from "./states.tsx";

const t = zh.protection.factor;
const SIZE = 220;

/**
 * An authenticator's secret as text and as a QR code, which is drawn in the browser, and a field for its first code.
 */
export function ScanCode({
  enrolment,
  confirm,
}: {
  enrolment: Enrolment;
  confirm: Mutation<{ code: string }, unknown>;
}) {
  return (
    <>
      <p>{t.scan}</p>
      <div className="scan" role="img" aria-label={t.picture}>
        <div aria-hidden>
          <QRCode type="svg" value={enrolment.uri} size={SIZE} errorLevel="M" />
        </div>
      </div>
      <p className="muted">{t.typeIn}</p>
      <p className="figures secret">{enrolment.secret.match(/.{1,4}/g)?.join(" ")}</p>
      <Form<{ code: string }>
        name="first-code"
        layout="vertical"
        requiredMark={false}
        onFinish={(fields) => void confirm.run(fields)}
        onValuesChange={confirm.clear}
        disabled={confirm.busy}
      >
        <p>{t.firstCode}</p>
        <CodeField autoFocus appOnly />
        <ErrorNote error={confirm.error} />
        <Button type="primary" htmlType="submit" size="large" block loading={confirm.busy} className="login-go">
          {t.confirm}
        </Button>
      </Form>
    </>
  );
}
