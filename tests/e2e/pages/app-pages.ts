import { fromModules } from "../../support/from-modules.ts";
import type { AppPageRow, PagesOfModule } from "../../support/looked-at.ts";
import type { Addresses } from "./addresses.ts";

/** The pages that each module wants looked at. */
export const ofEachModule = await fromModules<PagesOfModule>("pages.ts", "pages");

/**
 * Every page of the mini-program, with its sheets. `standard.test.ts` fails for a page that is not listed. Pages of a
 * module are in `tests/modules/<module>/pages.ts`.
 */
export function appPages({
  first,
  followed,
  invitationCode,
  task,
  coHandled,
  handedOver,
  devices,
  unbroken,
}: Addresses): AppPageRow[] {
  return [
    ...ofEachModule.flatMap((module) => module.appPages),
    ["home-guest", "stranger", () => "/", "找店小二"],
    ["login", "stranger", () => "/#/pages/login/index", "王雨晴"],
    ["home", "resident", () => "/", "王雨晴"],
    ["file", "resident", () => "/#/pages/file/index", "需要帮什么忙？"],
    ["requests", "resident", () => "/#/pages/requests/index", /^等干部接单/],
    ["me", "resident", () => "/#/pages/me/index", "我的登记"],
    ["inbox", "resident", () => "/#/subpackages/resident/inbox/index", /与您联系/],
    ["register", "resident", () => "/#/subpackages/resident/register/index", "请登记一次，以后不用再填"],
    ["request-queued", "resident", async () => `/#/pages/request/index?id=${await first("王雨晴", "mine", "queued")}`, "等干部接单"],
    ["request-handling", "resident", async () => `/#/pages/request/index?id=${await first("王雨晴", "mine", "handling")}`, "办理中"],
    ["request-resolved", "resident", async () => `/#/pages/request/index?id=${await first("王雨晴", "mine", "resolved")}`, "解决了没有，请您说了算"],
    ["request-unbroken", "resident", () => `/#/pages/request/index?id=${unbroken}`, /m\.example\.com/],
    ["withdraw", "resident", async () => `/#/subpackages/resident/step/index?action=withdraw&id=${await first("王雨晴", "mine", "queued")}`, "为什么撤回"],
    ["rate", "resident", async () => `/#/subpackages/resident/rate/index?id=${await first("王雨晴", "mine", "resolved")}`, "来得快不快"],
    ["near-none", "resident", () => "/#/subpackages/resident/near/index", "没有要看的"],
    ["follow", "resident", async () => `/#/subpackages/resident/follow/index?id=${await followed()}`, "邻居提交的同一件事。您看得到进度，看不到是谁提交的、写了什么"],
    ["queue", "cadre", () => "/#/subpackages/cadre/queue/index", "接下一单"],
    ["handling", "cadre", () => "/#/subpackages/cadre/handling/index", "办理中"],
    ["transfer", "cadre", async () => `/#/subpackages/cadre/transfer/index?id=${await first("林晓慧", "handling", "handling")}`, "转给哪个社区"],
    ["card", "cadre", () => "/#/subpackages/cadre/card/index", "居民看到的就是这样"],
    ["shifts", "cadre", () => "/#/subpackages/cadre/shifts/index", "今天起两周"],
    ["shifts-swap", "cadre", () => "/#/subpackages/cadre/shifts/index", "今天起两周", "换班"],
    ["shifts-leave", "cadre", () => "/#/subpackages/cadre/shifts/index", "今天起两周", "请假"],
    ["proof", "cadre", () => "/#/subpackages/cadre/proof/index", "实际在岗"],
    ["hand-over", "cadre", () => "/#/subpackages/cadre/hand-over/index", /交班说明|没有要交的/],
    ["hand-over-one", "cadre", async () => `/#/subpackages/cadre/hand-over/index?id=${await first("林晓慧", "handling", "handling")}`, "谁接着办"],
    ["handed-over", "cadre", async () => `/#/subpackages/cadre/request/index?id=${await handedOver()}`, /的交班说明$/],
    ["cadre-file", "cadre", () => "/#/subpackages/cadre/file/index", "替来电、来访的居民提交"],
    ["cadre-queued", "cadre", async () => `/#/subpackages/cadre/request/index?id=${await first("林晓慧", "queue", "queued")}`, "这类事怎么办"],
    ["cadre-unbroken", "cadre", () => `/#/subpackages/cadre/request/index?id=${unbroken}`, "这类事怎么办"],
    ["cadre-held", "cadre", async () => `/#/subpackages/cadre/request/index?id=${await first("林晓慧", "handling", "claimed")}`, "先行联系"],
    ["resolve", "cadre", async () => `/#/subpackages/cadre/step/index?action=resolve&id=${await first("林晓慧", "handling", "claimed")}`, "居民会看到结果和照片"],
    ["assign", "cadre", async () => `/#/subpackages/cadre/assign/index?id=${await first("林晓慧", "queue", "queued")}`, "派给谁"],
    ["cadre-co-handled", "cadre", async () => `/#/subpackages/cadre/request/index?id=${await coHandled()}`, /单位没有接/],
    ["co-handling-ask", "cadre", async () => `/#/subpackages/cadre/co-handling/index?id=${await coHandled()}`, "请哪家单位"],
    ["co-handling-change", "cadre", async () => `/#/subpackages/cadre/request/index?id=${await coHandled()}`, /单位没有接/, "撤回或改请"],
    ["partner-tasks", "partner", () => "/#/subpackages/partner/tasks/index", /等您答复/],
    ["partner-task", "partner", async () => `/#/subpackages/partner/task/index?id=${await task("accepted")}`, "请贵单位做的"],
    ["partner-task-asked", "partner", async () => `/#/subpackages/partner/task/index?id=${await task("asked")}`, "接下后，能看到门牌、联系人和照片"],
    ["partner-step", "partner", async () => `/#/subpackages/partner/step/index?action=finish&id=${await task("accepted")}`, "办成了什么样"],
    ["privacy", "stranger", () => "/#/subpackages/me/privacy/index", "谁能看到"],
    ["agreement", "stranger", () => "/#/subpackages/me/agreement/index", "请您做到"],
    ["about", "resident", () => "/#/subpackages/me/about/index", "打居委会电话"],
    ["data", "resident", () => "/#/subpackages/me/data/index", /居民来电说没修好/],
    ["data-made", "resident", () => "/#/subpackages/me/data/index", "带走一份", "做一份"],
    ["devices", "resident", devices, /（本机）$/],
    ["devices-question", "resident", devices, /（本机）$/, "退出其他全部设备"],
    ["closing", "resident", () => "/#/subpackages/me/closing/index", "注销后会这样"],
    ["closing-question", "resident", () => "/#/subpackages/me/closing/index", "注销后会这样", "发验证码"],
    ["invitation", "stranger", async () => `/#/subpackages/join/invitation/index?scene=${await invitationCode()}`, "西子湾居委会邀请您"],
    ["choose-service", "resident", () => "/#/pages/file/index", "需要帮什么忙？", /^事项/],
    ["choose-time", "resident", () => "/#/pages/file/index", "需要帮什么忙？", "自己定"],
    ["duty-sheet", "cadre", () => "/#/subpackages/cadre/queue/index", "接下一单", "改时间"],
  ]; // prettier-ignore
}
