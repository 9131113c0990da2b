import { describe, expect, it } from "vitest";
import { button, openDemoWorld, words } from "../support/demo-world.ts";
import { untilTestEnds } from "../support/screens.ts";

const world = await openDemoWorld();
const next = "2026-03-09";
const nextWeek = `/console/roster?week=${next}`;
const clerk = await world.as(await world.staff("committee", ["xiziwan"]));
const week = async (monday: string) =>
  (await clerk.call("GET /api/communities/:id/roster/weeks/:monday", { params: { id: "xiziwan", monday } })).ok;
const idOf = async (name: string): Promise<string> =>
  (await week(next)).cadres.find((cadre) => cadre.name === name)!.id;
/** The cadre of the late shift on a day of that week. */
const lateOn = async (day: string): Promise<string | undefined> => {
  const { shifts, cadres } = await week("2026-03-16");
  const shift = shifts.find((each) => each.day === day && each.name === "夜间班");
  return cadres.find(({ id }) => id === shift?.cadreId)?.name;
};
const openDesk = untilTestEnds(world.desk);

describe("the week grid", () => {
  it("moves a shift by keyboard and by dragging, names a backup for the gaps, and publishes", async () => {
    const { page, faults, open } = await world.desk("何芳");
    await open("/console/roster?week=2026-03-16");
    await page.getByText("草稿").waitFor();
    await page.getByText(/段没人值班，也没有备勤，不能发布/).waitFor();

    await page.getByRole("button", { name: "发布", exact: true }).click();
    await page
      .getByRole("alert")
      .getByText(/没有人值班，也没有备勤/)
      .waitFor();

    // 林晓慧 has Monday's 夜间班. Two rows below is 沈佳怡, whose evening shift overlaps it, so the server
    // refuses the move.
    const late = page.getByRole("button", { name: /^林晓慧 周一 3\/16 夜间班/ });
    await late.focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page
      .getByRole("alert")
      .getByText(/沈佳怡 2026-03-16 的班与本人另一个班重叠/)
      .waitFor();
    expect(await lateOn("2026-03-16")).toBe("林晓慧");

    await late.focus();
    await page.keyboard.press("Enter");
    for (let row = 0; row < 5; row++) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    const moved = page.getByRole("button", { name: /^周建明 周一 3\/16 夜间班/ });
    await moved.waitFor();
    expect(await lateOn("2026-03-16")).toBe("周建明");
    expect(await moved.evaluate((shift) => shift === document.activeElement)).toBe(true);

    await page
      .getByRole("button", { name: /^周建明 周二 3\/17 夜间班/ })
      .dragTo(page.locator('[data-cell="林晓慧 2026-03-17"]'));
    await page.getByRole("button", { name: /^林晓慧 周二 3\/17 夜间班/ }).waitFor();
    expect(await lateOn("2026-03-17")).toBe("林晓慧");

    await page.getByRole("combobox", { name: "全周备勤" }).click();
    await page.locator(".ant-select-item-option", { hasText: "徐婷" }).click();
    await page.getByText("空档都有备勤").waitFor();
    await page.getByRole("button", { name: "发布", exact: true }).click();
    await page.getByText("已发布，干部都会收到通知").waitFor();
    expect((await week("2026-03-16")).state).toBe("published");
    expect(faults.filter((fault) => !/409/.test(fault))).toEqual([]);
  });
});

describe("on a slow line", () => {
  const late = (who: string) => new RegExp(`^${who} 夜间班`);

  it("what is asked for while a step is under way is done after it, and a refusal stays in sight", async () => {
    const { page, open } = await openDesk("何芳");
    await open("/console/roster?week=2026-03-23");
    const shift = (who: string) => page.getByRole("button", { name: late(who) });
    const cell = (who: string, day: string) => page.locator(`[data-cell="${who} 2026-03-${day}"]`);
    const line = Promise.withResolvers<undefined>();
    const asked: string[] = [];
    await page.route(/\/(changes|backups)$/, async (route) => {
      asked.push(route.request().url());
      await line.promise;
      await route.continue();
    });
    await shift("林晓慧 周一 3/23").dragTo(cell("沈佳怡", "23"));
    await shift("周建明 周二 3/24").dragTo(cell("林晓慧", "24"));
    for (const [hours, name] of [
      [0, "徐婷"],
      [1, "沈佳怡"],
    ] as const) {
      await page
        .getByRole("combobox", { name: /的备勤$/ })
        .nth(hours)
        .click();
      await page.locator(".ant-select-dropdown:visible .ant-select-item-option", { hasText: name }).click();
    }
    expect(asked).toHaveLength(1);
    line.resolve(undefined);
    await shift("林晓慧 周二 3/24").waitFor();
    await page
      .getByRole("alert")
      .getByText(/沈佳怡 2026-03-23 的班与本人另一个班重叠/)
      .waitFor();
    await shift("林晓慧 周一 3/23").waitFor();
    // Neither choice has overwritten the other.
    await expect.poll(async () => (await week("2026-03-23")).backups).toHaveLength(2);
    expect(asked).toHaveLength(4);
  });

  it("a reading from before a move does not undo it on the screen", async () => {
    const { page, open } = await openDesk("何芳");
    await open("/console/roster?week=2026-03-23");
    await page.getByText("草稿").waitFor();
    const held = Promise.withResolvers<undefined>();
    let readings = 0;
    await page.route(/\/roster\/weeks\/2026-03-23$/, async (route) => {
      readings += 1;
      // Only the first read is held back; its reply is from before the change. The page may cancel it.
      if (readings > 1) return route.continue();
      const response = await route.fetch();
      await held.promise;
      return route.fulfill({ response }).catch(() => undefined);
    });
    await page.context().clock.setFixedTime(new Date(world.deps.clock.now().getTime() + 100_000));
    await expect.poll(() => readings).toBe(1);
    await page
      .getByRole("button", { name: late("林晓慧 周一 3/23") })
      .dragTo(page.locator('[data-cell="周建明 2026-03-23"]'));
    const moved = page.getByRole("button", { name: late("周建明 周一 3/23") });
    await moved.waitFor();
    held.resolve(undefined);
    // The week is read again, because the first reply was from before the change.
    await expect.poll(() => readings).toBe(2);
    expect(await moved.count()).toBe(1);
  });
});

describe("a swap", () => {
  it("is accepted on a phone and approved at the desk; then the shift is another's", async () => {
    const phone = await world.phone("林晓慧");
    await phone.open("/#/subpackages/cadre/shifts/index");
    await words(phone.page, "陆敏 的班由 林晓慧 来")
      .or(words(phone.page, /班由 林晓慧 来/))
      .waitFor();
    await words(phone.page, "等您答复").waitFor();
    await button(phone.page, "接受").tap();
    await words(phone.page, "等居委会批准").waitFor();

    const desk = await world.desk("何芳");
    await desk.open(nextWeek);
    await desk.page.getByRole("button", { name: /^批准 陆敏 → 林晓慧/ }).click();
    await desk.page.getByText("已处理").waitFor();
    const lin = await idOf("林晓慧");
    const wednesday = (await week(next)).shifts.filter(({ day, cadreId }) => day === "2026-03-11" && cadreId === lin);
    expect(wednesday.map(({ name }) => name)).toContain("晚班");
    expect([...phone.faults, ...desk.faults]).toEqual([]);
  });

  it("is asked for on a phone, and a leave too", async () => {
    const { page, open, faults } = await world.phone("周建明");
    await open("/#/subpackages/cadre/shifts/index");
    await words(page, "今天起两周").waitFor();
    await button(page, "换班").tap();
    await button(page, "顾海峰").tap();
    await button(page, "请同事换班").tap();
    await words(page, /的班由 顾海峰 来/).waitFor();
    await button(page, "请假").tap();
    await button(page, "交给居委会").tap();
    await words(page, /^年假/).waitFor();
    await button(page, "取订阅地址").tap();
    await words(page, /\/api\/calendar\/.*\.ics/).waitFor();
    expect(faults).toEqual([]);

    // The committee sees the gaps that the leave would open before it decides.
    const desk = await world.desk("何芳");
    await desk.open(nextWeek);
    const waiting = desk.page.getByRole("listitem").filter({ hasText: "周建明 年假" });
    await waiting.getByText(/^批准后没有人值班，由备勤顶上：周二 3\/3 21:30–22:00/).waitFor();
    expect(desk.faults).toEqual([]);
  });
});

describe("nobody on duty", () => {
  it("the home page says who comes next, and who is on call", async () => {
    world.clock.set("2026-03-03T05:30:00+08:00");
    const { page, open, faults } = await world.phone(null);
    await open("/");
    await words(page, /现在没有干部在岗，.+ 今天 7:30 上岗/).waitFor();
    await words(page, "备勤，随时能联系").waitFor();
    expect(faults).toEqual([]);
  });
});
