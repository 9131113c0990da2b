import { expect, it } from "vitest";
import { seriousFindings } from "../support/audit.ts";
import { button, openDemoWorld, words } from "../support/demo-world.ts";
import { picture, untilTestEnds } from "../support/screens.ts";

const world = await openDemoWorld();
const phone = untilTestEnds(world.phone);
const desk = untilTestEnds(world.desk);

it("a resident sees where she is logged in, and ends what is not at hand: one, then all others", async () => {
  const { page, faults, open } = await phone("王雨晴");
  const [lost, old, older] = [await world.api("王雨晴"), await world.api("王雨晴"), await world.api("王雨晴")];
  await open("/#/pages/me/index");
  await button(page, "登录着的设备").tap();
  await words(page, /^Chrome · .*（本机）$/).waitFor();
  await words(page, /手机网页/).waitFor();
  await picture(page, "devices-four");
  const ends = page.getByRole("button", { name: /^退出Chrome · Linux$/ });
  expect(await ends.count()).toBe(3);

  await ends.first().tap();
  await words(page, /^退出“Chrome · Linux”？$/).waitFor();
  await button(page, "退出").tap();
  await expect.poll(() => ends.count()).toBe(2);
  const answers = async () => Promise.all([lost, old, older].map(async (api) => (await api.call("GET /api/me")).code));
  expect((await answers()).filter((code) => code === "auth.session_ended")).toHaveLength(1);

  await button(page, "退出其他全部设备").tap();
  await button(page, "退出").tap();
  await expect.poll(() => ends.count()).toBe(0);
  expect(await answers()).toEqual(Array.from({ length: 3 }, () => "auth.session_ended"));
  await words(page, /（本机）$/).waitFor();
  expect(faults).toEqual([]);
});

it("a clerk's page of the account is in the menu of her name; who is ended elsewhere is at the login page", async () => {
  const { page, faults } = await desk("何芳");
  const other = await desk("何芳");
  await page.getByRole("button", { name: /何芳/ }).click();
  await page.getByRole("menuitem", { name: "账号与安全" }).click();
  const devices = page.getByRole("region", { name: "登录着的设备" });
  await devices.getByText("本机").waitFor();
  await picture(page, "console-devices");
  expect(await seriousFindings(page)).toEqual([]);
  await devices.getByRole("button", { name: /^退出 Chrome/ }).press("Enter");
  await page.getByRole("button", { name: "退出", exact: true }).last().press("Enter");
  await page.getByText("已退出").waitFor();
  await expect.poll(() => devices.locator("tbody tr[data-row-key]").count()).toBe(1);
  await other.page.goto(`${world.base}/console/log`);
  await other.page.getByRole("heading", { name: /登录/ }).or(other.page.getByLabel("账号")).first().waitFor();
  await page.reload();
  await devices.getByText("正在使用").waitFor();
  expect(faults).toEqual([]);
});
