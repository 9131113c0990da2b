import { Button, Form, Input } from "antd";
import { useState } from "react";
import { zh } from "../i18n/zh.ts";

const t = zh.protection.factor;

/** The form field `code`: the authenticator's code, or a recovery code when the phone is not at hand. */
export function CodeField({ autoFocus = false, appOnly = false }: { autoFocus?: boolean; appOnly?: boolean }) {
  const [recovery, setRecovery] = useState(false);
  return (
    <>
      <Form.Item
        name="code"
        label={recovery ? t.recovery : t.code}
        extra={recovery ? t.recoveryHint : t.codeHint}
        rules={[{ required: true, whitespace: true, message: t.codeMissing }]}
      >
        <Input
          key={String(recovery)}
          size="large"
          autoFocus={autoFocus || recovery}
          autoComplete={recovery ? "off" : "one-time-code"}
          inputMode={recovery ? "text" : "numeric"}
          maxLength={20}
        />
      </Form.Item>
      {!appOnly && (
        <Button type="link" size="small" className="code-other" onClick={() => setRecovery(!recovery)}>
          {recovery ? t.byApp : t.byRecovery}
        </Button>
      )}
    </>
  );
}
