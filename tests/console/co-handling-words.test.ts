import { describe, expect, it } from "vitest";
import { eventWords } from "../../console/lib/event-words.ts";

const organization = "安居物业";

describe("co-handling in the log", () => {
  it.each([
    ["request.organization_asked", { organization, hours: 8, text: "请换灯" }, "请安居物业协办，限 8 小时", "请换灯"],
    ["task.refused", { organization, reason: "归供电所" }, "安居物业不接协办", "归供电所"],
    ["task.done", { organization, result: "换好了", files: 2 }, "安居物业办好协办，2 张照片", "换好了"],
    ["request.task_ended", { organization, taskState: "refused" }, "安居物业的协办没有接", null],
    ["task.overdue", { organization, clock: "respond" }, "安居物业协办超时：接下", null],
    ["task.cancelled", {}, "诉求已结束，—的协办取消", null],
  ])("%s", (type, data, sentence, words) => {
    expect(eventWords({ type, data })).toEqual({ sentence, words });
  });

  it("a result names the organizations that took part", () => {
    const data = { result: "灯亮了", files: 0, organizations: ["安居物业", "城区供电所"] };
    expect(eventWords({ type: "request.resolved", data }).sentence).toBe("办结，协办单位：安居物业、城区供电所");
    expect(eventWords({ type: "request.resolved", data: { result: "灯亮了" } }).sentence).toBe("办结");
  });
});
