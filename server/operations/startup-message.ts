import { demoAccounts } from "../demo/accounts.ts";
import { roleWords } from "../core/words.ts";

/** Prints the addresses of the started server and, in demo mode, the accounts. */
export function printStartupMessage(
  say: (line: string) => void,
  { base, docs, ops, demo }: { base: string; docs: boolean; ops: string | null; demo: boolean },
): void {
  say(`\n店小二已开门：\n  手机端    ${base}/\n  控制台    ${base}/console/`);
  if (docs) say(`  接口文档  ${base}/api/docs`);
  if (ops) say(`  运行指标  ${ops}/metrics`);
  if (!demo) return;
  say("\n演示账号（验证码在登录页直接给出）：");
  for (const { role, title, name, phone, account, password } of demoAccounts()) {
    say(`  ${roleWords[role]}  ${name}（${title}）  ${phone ? `手机 ${phone}` : `账号 ${account} 密码 ${password}`}`);
  }
}
