import { Button, Form } from "antd";
import { useState } from "react";
import { CodeField } from "../../../components/code-field.tsx";
import { ChoiceFilter, SpanFilter } from "../../../components/filter-fields.tsx";
import { NewPasswordFields } from "../../../components/new-password-fields.tsx";
import { RecoveryCodes } from "../../../components/recovery-codes.tsx";
import { ScanCode } from "../../../components/scan-code.tsx";
import { SearchField } from "../../../components/search-field.tsx";
import { idle } from "../samples.ts";

const nothing = () => undefined;
const choices = [
  { value: "queued", label: "待接单" },
  { value: "handling", label: "办理中" },
];
/** A made-up secret, as an authenticator takes it. */
const enrolment = { secret: "JBSWY3DPEHPK3PXP", uri: "otpauth://totp/sample?secret=JBSWY3DPEHPK3PXP" };
const codes = ["4F7K-2M9Q", "8T3W-6R1X", "5N2B-9C4D", "7H6J-3V8Z"];

/** Form controls: buttons, filters, passwords, codes. */
export function FieldParts() {
  const [choice, setChoice] = useState<string | undefined>("queued");
  const [text, setText] = useState<string | undefined>("楼道灯");
  return (
    <>
      <section className="card" aria-label="按钮">
        <h2>按钮</h2>
        <p className="kit-row">
          <Button type="primary">提交</Button>
          <Button type="primary" loading>
            正在提交
          </Button>
          <Button type="primary" disabled>
            不能提交
          </Button>
          <Button>取消</Button>
          <Button danger>撤回</Button>
          <Button type="text">更多</Button>
          <Button type="link">查看</Button>
        </p>
      </section>
      <section className="card" aria-label="筛选">
        <h2>筛选</h2>
        <div className="filters">
          <SearchField label="编号、事项" hint="按回车查找" value={text} onSearch={setText} slash={false} />
          <ChoiceFilter label="状态" value={choice} options={choices} onChange={setChoice} />
          <ChoiceFilter label="干部" value={undefined} options={choices} onChange={nothing} />
          <SpanFilter label="提交日期" from={undefined} to={undefined} onChange={nothing} />
        </div>
      </section>
      <section className="card kit-narrow" aria-label="验证码与密码">
        <h2>验证码</h2>
        <Form layout="vertical" requiredMark={false} name="kit-code">
          <CodeField />
        </Form>
        <h2>新密码</h2>
        <Form layout="vertical" requiredMark={false} name="kit-password">
          <NewPasswordFields />
        </Form>
      </section>
      <section className="card kit-narrow" aria-label="第二重验证">
        <h2>绑定验证器</h2>
        <ScanCode enrolment={enrolment} confirm={idle} />
        <h2>恢复码</h2>
        <RecoveryCodes codes={codes} done="保存好了" onDone={nothing} />
      </section>
    </>
  );
}
