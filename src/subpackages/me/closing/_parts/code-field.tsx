import { View } from "@tarojs/components";
import { type ReactNode, useState } from "react";
import { call, useAction } from "../../../../api";
import { Button } from "../../../../components/button";
import { Field, TextInput } from "../../../../components/field";
import { Problem } from "../../../../components/states";
import { me } from "../../../../i18n/zh/me";
import { useCountdown } from "../../../../lib/use-countdown";

interface Props {
  /** The person's own phone, masked. */
  phone: string;
  code: string;
  problem: string | null;
  onChange: (code: string) => void;
}

/** Sends a code to the person's own phone, with a field for it. */
export function CodeField({ phone, code, problem, onChange }: Props): ReactNode {
  const say = me.closing;
  const wait = useCountdown();
  const [demoCode, setDemoCode] = useState<string | null>(null);
  const send = useAction(async () => {
    const sent = await call("POST /api/me/otp");
    wait.start(sent.resendAfter);
    setDemoCode(sent.demoCode ?? null);
    if (sent.demoCode !== undefined) onChange(sent.demoCode);
  });
  const hint = demoCode ? say.demoCode(demoCode) : wait.left > 0 ? say.sent : say.proofPhone(phone);
  return (
    <Field label={say.proof} problem={problem} hint={hint}>
      <Problem message={send.error} />
      <View className="code-field">
        <TextInput
          label={say.code}
          kind="number"
          max={6}
          value={code}
          placeholder={say.codePlaceholder}
          onChange={onChange}
        />
        <Button pending={send.pending} disabled={wait.left > 0} onPress={() => void send.run()}>
          {wait.left > 0 ? say.again(wait.left) : say.send}
        </Button>
      </View>
    </Field>
  );
}
