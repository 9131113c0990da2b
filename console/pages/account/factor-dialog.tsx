import { App, Form, Input, Modal } from "antd";
import { useState } from "react";
import type { Enrolment } from "../../../contract/index.ts";
import { call } from "../../api/index.ts";
import { useMutation } from "../../api/use-mutation.ts";
import { CodeField } from "../../components/code-field.tsx";
import { RecoveryCodes } from "../../components/recovery-codes.tsx";
import { ScanCode } from "../../components/scan-code.tsx";
import { ErrorNote } from "../../components/states.tsx";
import { zh } from "../../i18n/zh.ts";

const t = zh.protection.factor;

/** The actions on a second factor: set up, move to another phone, get new recovery codes, turn off. */
export type Doing = "begin" | "another" | "renew" | "end";

const told = {
  begin: { title: t.begin, lead: t.apps, ok: t.next },
  another: { title: t.another, lead: t.anotherLead, ok: t.next },
  renew: { title: t.renew, lead: t.renewLead, ok: t.renew },
  end: { title: t.end, lead: t.endLead, ok: t.end },
} as const satisfies Record<Doing, object>;

interface Proof {
  password: string;
  /** Absent while the account has no second factor. */
  code?: string;
}

/**
 * The steps of changing the second factor: prove the identity, scan the QR code, save the recovery codes. Steps that an
 * action does not need are skipped.
 */
export function FactorDialog({ doing, onClose }: { doing: Doing; onClose: () => void }) {
  const { message } = App.useApp();
  const [form] = Form.useForm<Proof>();
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const prove = useMutation(async ({ password, code = "" }: Proof) => {
    if (doing === "end") {
      await call("POST /api/me/second-factor/off", { body: { password, code } });
      message.success(t.ended);
      onClose();
    } else if (doing === "renew") {
      const renewed = await call("POST /api/me/second-factor/recovery-codes", { body: { password, code } });
      setCodes(renewed.recoveryCodes);
    } else {
      const body = doing === "begin" ? { password } : { password, code };
      setEnrolment(await call("POST /api/me/second-factor", { body }));
    }
  });
  const confirm = useMutation(async ({ code }: { code: string }) => {
    setCodes((await call("POST /api/me/second-factor/confirm", { body: { code } })).recoveryCodes);
  });
  const { title, lead, ok } = told[doing];
  if (codes) {
    return (
      <Modal open centered title={t.recoveryTitle} footer={null} closable={false} mask={{ closable: false }}>
        <RecoveryCodes codes={codes} done={t.saved} onDone={onClose} />
      </Modal>
    );
  }
  if (enrolment) {
    return (
      <Modal open centered title={title} footer={null} onCancel={onClose} mask={{ closable: false }}>
        <ScanCode enrolment={enrolment} confirm={confirm} />
      </Modal>
    );
  }
  return (
    <Modal
      open
      centered
      title={title}
      okText={ok}
      okButtonProps={{ danger: doing === "end" }}
      cancelText={zh.common.cancel}
      confirmLoading={prove.busy}
      onOk={() => form.submit()}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <p>{lead}</p>
      <p className="muted">{t.proof}</p>
      <Form<Proof>
        form={form}
        name="factor-proof"
        layout="vertical"
        requiredMark={false}
        onValuesChange={prove.clear}
        onFinish={(fields) => void prove.run(fields)}
      >
        <Form.Item
          name="password"
          label={zh.login.password}
          rules={[{ required: true, message: zh.login.passwordMissing }]}
        >
          <Input.Password size="large" autoComplete="current-password" maxLength={200} autoFocus />
        </Form.Item>
        {doing !== "begin" && <CodeField />}
        {/* A submit button inside the form, so that Enter submits; the visible button is outside of the form. */}
        <button type="submit" hidden aria-label={ok} />
      </Form>
      <ErrorNote error={prove.error} />
    </Modal>
  );
}
