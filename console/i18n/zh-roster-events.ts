/** The words of what happens to a roster, in the log. */
export const rosterEvents = {
  "calendar.day_changed": "调整日历",
  "roster.pattern_saved": "保存班次",
  "roster.pattern_removed": "删去班次",
  "roster.cover_set": "设定值守时段",
  "roster.drafted": "排班草稿",
  "roster.reset": "恢复班次",
  "roster.changed": "调整班表",
  "roster.backups_named": "指定备勤",
  "roster.published": "发布班表",
  "shift.swap_asked": "请求换班",
  "shift.swap_accepted": "接受换班",
  "shift.swap_declined": "谢绝换班",
  "shift.swap_withdrawn": "撤回换班",
  "shift.swap_refused": "不批换班",
  "shift.swapped": "批准换班",
  "leave.asked": "请假",
  "leave.approved": "批假",
  "leave.refused": "不批假",
  "leave.cancelled": "取消请假",
} as const;

/** Sentences of the same; who did it is named before them. */
export const rosterSentences = {
  dayChanged: (day: string, how: string) => `把 ${day} ${how}`,
  dayKinds: {
    holiday: "定为放假",
    workday: "定为上班",
    ordinary: "定为按星期",
    published: "恢复为国家公布的安排",
  } as Readonly<Record<string, string>>,
  patternSaved: (name: string) => `保存了班次“${name}”`,
  patternRemoved: (name: string) => `删去了班次“${name}”`,
  coverSet: "设定了每天须有人的时段",
  weekOf: (monday: string) => `${monday} 起的一周`,
  drafted: (week: string) => `改了${week}的班表草稿`,
  changed: (week: string) => `调整了${week}的班表`,
  reset: (week: string) => `把${week}恢复为按班次排`,
  backups: (week: string) => `指定了${week}的备勤`,
  published: (week: string, shifts: number) => `发布了${week}的班表，${shifts} 个班`,
  swap: (from: string, to: string, shift: string) => `${from} 与 ${to}：${shift}`,
  leave: (name: string, from: string, to: string) => `${name}：${from} 至 ${to}`,
} as const;
