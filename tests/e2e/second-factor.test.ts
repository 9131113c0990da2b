import type { Page } from "playwright-core";
import { expect, it, onTestFinished } from "vitest";
import { seriousFindings } from "../support/audit.ts";
import { openDemoWorld } from "../support/demo-world.ts";
import { codeOf, enrol, giveAccount } from "../support/second-factor.ts";
import { bind, picture } from "../support/screens.ts";
import { demoPassword } from "../../server/demo/people.ts";

const world = await openDemoWorld();
const own = "湖边散步的灰鹭-2026";

/** Moves to the authenticator's next step by the server's clock, and returns its code. */
function nextCode(secret: string): string {
  world.clock.pass(0.5);
  return codeOf(world, secret);
}
const openAccount = async (page: Page): Promise<void> => {
  await page.getByRole("button", { name: /何芳/ }).click();
  await page.getByRole("menuitem", { name: "账号与安全" }).click();
  await page.getByRole("region", { name: "两步验证" }).waitFor();
};
async function leave(page: Page): Promise<void> {
  await page.getByRole("button", { name: /何芳/ }).click();
  await page.getByRole("menuitem", { name: "退出登录" }).click();
  await page.getByLabel("账号").waitFor();
}
async function enter(page: Page, password: string): Promise<void> {
  await page.getByLabel("账号").fill("xiziwan");
  await page.getByLabel("密码").fill(password);
  await page.keyboard.press("Enter");
}

it(
  "a clerk sets up a second factor, and from then on logs in with a code, or a recovery code",
  { timeout: 90_000 },
  async () => {
    const { page, faults } = await world.desk("何芳");
    onTestFinished(() => page.context().close());
    await openAccount(page);
    const factor = page.getByRole("region", { name: "两步验证" });
    expect(await seriousFindings(page)).toEqual([]);
    await picture(page, "console-account");
    await factor.getByRole("button", { name: "开启两步验证" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("密码").fill("guessed-it");
    await page.keyboard.press("Enter");
    await dialog.getByText(/现在的密码不对/).waitFor();
    await dialog.getByLabel("密码").fill(demoPassword);
    await page.keyboard.press("Enter");
    await dialog.getByRole("img", { name: "绑定验证器的二维码" }).waitFor();
    await picture(page, "console-factor-scan");
    const { secret, recoveryCodes } = await bind(page, (shown) => codeOf(world, shown));
    expect(recoveryCodes).toHaveLength(10);
    await picture(page, "console-factor-codes");
    await dialog.getByRole("button", { name: "已保存好" }).click();
    await factor.getByText("还剩 10 个恢复码").waitFor();
    await picture(page, "console-account-on");

    await leave(page);
    await enter(page, demoPassword);
    await page.getByRole("heading", { name: "输入验证码" }).waitFor();
    await picture(page, "console-login-code");
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByLabel("验证码").fill("000000");
    await page.keyboard.press("Enter");
    await page.getByText(/验证码不对/).waitFor();
    await page.getByLabel("验证码").fill(nextCode(secret));
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "台账" }).waitFor();

    await leave(page);
    await enter(page, demoPassword);
    await page.getByRole("button", { name: "手机不在身边？用恢复码" }).click();
    await page.getByLabel("恢复码").fill(recoveryCodes[3]!.toUpperCase());
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "台账" }).waitFor();
    await openAccount(page);
    await factor.getByText("还剩 9 个恢复码").waitFor();

    const password = page.getByRole("region", { name: "密码" });
    await password.getByLabel("现在的密码").fill(demoPassword);
    await password.getByLabel("新密码").fill(own);
    await password.getByLabel("再输入一次").fill(own);
    await password.getByRole("button", { name: "换密码" }).click();
    await page.getByText("密码已换").waitFor();

    await factor.getByRole("button", { name: "关闭两步验证" }).click();
    await dialog.getByLabel("密码").fill(own);
    await dialog.getByLabel("验证码").fill(nextCode(secret));
    await page.keyboard.press("Enter");
    await factor.getByText("没有开").waitFor();
    await leave(page);
    await enter(page, own);
    await page.getByRole("link", { name: "台账" }).waitFor();

    await page.getByRole("link", { name: "审计" }).click();
    for (const row of [
      /绑定了两步验证的验证器/,
      /用了一个恢复码登录，还剩 9 个/,
      /换了自己的密码/,
      /关掉了两步验证/,
      /两步验证的验证码不对/,
    ])
      await page.getByRole("row").filter({ hasText: row }).first().waitFor();
    // The browser logs each refusal: a wrong password, a wrong code, and twice that a code is needed.
    const refusals = faults.map((fault) => /status of (\d+)/.exec(fault)?.[1] ?? fault);
    expect(refusals).toEqual(["422", "409", "422", "409"]);
  },
);

it("a colleague who has lost phone and recovery codes is helped on the page of the people", async () => {
  const colleague = await world.staff("committee", ["kangcheng"]);
  await giveAccount(world, colleague, "colleague");
  await enrol(world, colleague, "colleague");
  const { page, faults } = await world.desk("康城");
  onTestFinished(() => page.context().close());
  await page.getByRole("link", { name: "设置" }).click();
  await page.getByRole("link", { name: "人员" }).click();
  await page.getByRole("button", { name: `重设${colleague.name}的两步验证` }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(/确认是本人要求的/).waitFor();
  await picture(page, "console-factor-reset");
  await dialog.getByRole("button", { name: /重 ?设/ }).click();
  await page.getByText(`已重设，请${colleague.name}重新登录并绑定`).waitFor();
  expect((await world.deps.store.identities.find("account", "colleague"))?.factor).toBeNull();
  expect(faults).toEqual([]);
});
