import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, it } from "vitest";
import { button, input, textarea, words } from "../support/demo-world.ts";
import { type Screen, bind, builtFronts, openScreens, picture } from "../support/screens.ts";
import { codeOf } from "../support/second-factor.ts";
import { openWorld } from "../support/world.ts";

/**
 * docs/manual/first-day.md step by step, on an empty installation without demo data, with the command in its own
 * process.
 */
const codes = new Map<string, string>();
const sms = {
  sendCode: async (phone: string, code: string) => void codes.set(phone, code),
  sendText: async () => "sent" as const,
};
const world = await openWorld({ communities: [], demo: false, sms, app: { fronts: builtFronts } });
world.relay.start();
const screens = await openScreens(world);
const folder = await mkdtemp(join(tmpdir(), "dianxiaoer-first-day-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs `npm run community:new -- …` on this world's database. Returns its output and exit code. */
async function communityNew(...args: string[]): Promise<{ code: number; said: string }> {
  const program = join(import.meta.dirname, "../../server/cli/community-new.ts");
  const { uri, name } = world.database;
  const env = { PATH: process.env["PATH"], MONGODB_URI: uri, MONGODB_DATABASE: name, DATA_DIR: folder };
  return promisify(execFile)(process.execPath, [program, ...args], { env }).then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    (failed: { code: number; stdout: string; stderr: string }) => ({
      code: failed.code,
      said: failed.stdout + failed.stderr,
    }),
  );
}

/** Logs in by phone on the login page. */
async function logIn({ page }: Screen, phone: string): Promise<void> {
  await input(page, "11 位手机号").fill(phone);
  await button(page, "发验证码").tap();
  await expect.poll(() => codes.get(phone)).toBeDefined();
  await input(page, "6 位数字").fill(codes.get(phone) ?? "");
  await button(page, "登录").tap();
}

const community = [
  ["--id", "xinyuan"], ["--name", "新苑居委会"], ["--subdistrict", "岳阳湖街道"], ["--phone", "021-5550 3300"],
  ["--address", "新苑路 1 号"], ["--clerk-name", "何芳"], ["--clerk-account", "hefang"],
].flat(); // prettier-ignore

it("a new community is ready, and its first request is resolved", { timeout: 120_000 }, async () => {
  const { code, said } = await communityNew(...community);
  expect([code, said]).toEqual([0, expect.stringContaining("建好了：岳阳湖街道 新苑居委会（xinyuan）")]);
  const oneTime = /一次性密码 (\S+)（/.exec(said)?.[1] ?? "";

  const desk = await screens.desk();
  const { page: clerk } = desk;
  await desk.open("/console/");
  await clerk.getByLabel("账号").fill("hefang");
  await clerk.getByLabel("密码").fill(oneTime);
  await clerk.getByRole("button", { name: "登录" }).click();
  await clerk.getByRole("heading", { name: "设一个自己的密码" }).waitFor();
  await clerk.getByLabel("新密码").fill("湖边散步的灰鹭-2026");
  await clerk.getByLabel("再输入一次").fill("湖边散步的灰鹭-2026");
  await clerk.keyboard.press("Enter");

  // Without demo mode the committee's accounts require a second factor.
  await clerk.getByRole("heading", { name: "先设两步验证" }).waitFor();
  await picture(clerk, "console-login-factor");
  await clerk.getByRole("button", { name: "手机准备好了，显示二维码" }).click();
  await bind(clerk, (secret) => codeOf(world, secret));
  await picture(clerk, "console-login-recovery");
  await clerk.getByRole("button", { name: "已保存好，进入控制台" }).click();

  await clerk.getByRole("link", { name: "设置" }).click();
  await clerk.getByLabel("办公时间（文字）").fill("周一至周六 8:30–17:00");
  await clerk.getByLabel("六", { exact: true }).check();
  await clerk.getByRole("button", { name: "保存" }).click();
  await clerk.getByText("已保存，台账里有记录").waitFor();

  await clerk.getByRole("link", { name: "楼栋" }).click();
  await clerk.getByText("还没有楼栋").waitFor();
  const list = Buffer.from("楼栋,单元\n1号楼,1单元\n1号楼,2单元\n2号楼,1单元\n");
  await clerk
    .getByLabel("选择 .xlsx 或 .csv 文件")
    .setInputFiles({ name: "楼栋.csv", mimeType: "text/csv", buffer: list });
  await clerk.getByText("新增 2 栋楼、3 个单元").waitFor();
  await clerk.getByRole("button", { name: "确认导入" }).click();
  await clerk.getByText("2 栋楼，3 个单元").waitFor();

  await clerk.getByRole("link", { name: "事项" }).click();
  await clerk.getByRole("button", { name: "编辑楼道灯不亮" }).click();
  await clerk.getByLabel("几分钟内联系居民").fill("45");
  await clerk.getByRole("button", { name: "保存为新的一版" }).click();
  await clerk.getByText("“楼道灯不亮”已保存为第 2 版").waitFor();

  await clerk.getByRole("link", { name: "人员" }).click();
  await clerk.getByRole("button", { name: "邀请" }).click();
  await clerk.getByLabel("真实姓名").fill("林晓慧");
  await clerk.getByLabel("职务").fill("社区干事");
  await clerk.getByLabel("值班电话").fill("021-5550 3301");
  await clerk.getByRole("button", { name: "生成二维码" }).click();
  await clerk.getByRole("img", { name: "给林晓慧的小程序码" }).waitFor();
  await clerk.getByText("网页二维码").click();
  const invitation = await clerk.getByRole("img", { name: "给林晓慧的邀请二维码" }).getAttribute("data-url");
  expect(invitation).toContain(`${world.base}/#/`);
  await clerk.getByRole("button", { name: "好了" }).click();

  const cadre = await screens.phone();
  await cadre.open(invitation?.slice(world.base.length) ?? "");
  await words(cadre.page, "新苑居委会邀请您").waitFor();
  await button(cadre.page, "先登录再接受").tap();
  await logIn(cadre, "13900000001");
  await button(cadre.page, "接受").tap();
  await button(cadre.page, "上岗").tap();
  await words(cadre.page, "上岗到几点").waitFor();
  await button(cadre.page, "上岗").tap();
  await button(cadre.page, "接下一单").waitFor();

  const wish = "楼道灯不亮，老人下楼不方便";
  const resident = await screens.phone();
  await resident.open("/");
  await button(resident.page, /找店小二/).tap();
  await textarea(resident.page).fill(wish);
  await button(resident.page, "提交").tap();
  await logIn(resident, "13900000002");
  await words(resident.page, "请登记一次，以后不用再填").waitFor();
  await input(resident.page, "真实姓名").fill("程新来");
  await button(resident.page, /^楼栋/).tap();
  await words(resident.page, "1号楼").tap();
  await button(resident.page, /^单元/).tap();
  await words(resident.page, "2单元").tap();
  await input(resident.page, "如 602").fill("501");
  await button(resident.page, "登记并继续").tap();
  await words(resident.page, /等干部接单|已派给/).waitFor();

  await cadre.open("/#/subpackages/cadre/queue/index");
  await words(cadre.page, wish).tap();
  await words(cadre.page, "这类事怎么办").waitFor();
  await button(cadre.page, "接单").tap();
  await button(cadre.page, "先行联系").waitFor();
  await button(cadre.page, "办结").tap();
  await words(cadre.page, "居民会看到结果和照片").waitFor();
  await textarea(cadre.page).fill("换了灯管，亮了");
  await button(cadre.page, "办结").tap();
  await words(resident.page, "换了灯管，亮了").waitFor({ timeout: 30_000 });

  await clerk.getByRole("link", { name: "台账" }).click();
  for (const row of [
    /建立了新苑居委会/,
    /修改了社区设置/,
    /楼道灯不亮.*第 2 版/,
    /导入了 2 栋楼/,
    /开始担任：林晓慧/,
    /办结/,
  ]) {
    await clerk.getByRole("row").filter({ hasText: row }).first().waitFor();
  }
  // The browser logs each refusal: no demo accounts on the login pages; for the clerk also a one-time password, and a
  // password without a second factor.
  const refusals = ({ faults }: Screen): string[] =>
    faults.map((fault) => /status of (\d+)/.exec(fault)?.[1] ?? fault).toSorted();
  expect([desk, cadre, resident].map(refusals)).toEqual([["404", "409", "409"], ["404"], ["404"]]);
});

it("the command is run again without harm, and refuses what is another's", { timeout: 60_000 }, async () => {
  const again = await communityNew(...community);
  expect([again.code, again.said]).toEqual([0, expect.stringMatching(/已经有了，没有改动[^]*账号 hefang 已经有了/)]);
  const other = await communityNew(...community.with(3, "别的居委会"));
  expect([other.code, other.said]).toEqual([1, expect.stringContaining("内容不同，没有改动")]);
  const sameName = await communityNew(...community.with(1, "bieyuan"));
  expect([sameName.code, sameName.said]).toEqual([1, expect.stringContaining("新苑居委会”（xinyuan）已经有了")]);
  const lacking = await communityNew("--id", "Xin Yuan");
  expect(lacking.code).toBe(1);
  expect(lacking.said).toMatch(/--id.*[^]*--name（社区名称.*）：没有填写/);
});

it(
  "whoever has lost phone and recovery codes is helped by the operator, and sets it up anew",
  { timeout: 60_000 },
  async () => {
    const reset = await communityNew("--reset-second-factor", "hefang");
    expect([reset.code, reset.said]).toEqual([0, expect.stringContaining("账号 hefang 的两步验证已重设")]);
    const nothing = await communityNew("--reset-second-factor", "hefang");
    expect([nothing.code, nothing.said]).toEqual([0, expect.stringContaining("没有开两步验证，没有改动")]);
    expect((await communityNew("--reset-second-factor", "nobody")).code).toBe(1);
    const body = { account: "hefang", password: "湖边散步的灰鹭-2026" };
    const login = await (await world.as(null)).call("POST /api/auth/password", { body });
    expect(login.code).toBe("auth.second_factor_missing");
    const filter = { communityIds: ["xinyuan"], types: ["account.second_factor_reset"] };
    const who = async () =>
      (await world.deps.store.log.list(filter, "desc", 10)).items.map(({ actorRole }) => actorRole);
    await expect.poll(who).toEqual(["admin"]);
  },
);
