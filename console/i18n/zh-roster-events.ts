/** Sentences of roster events in the service log; the actor's name stands before each. */
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
  left: (names: string, shifts: number) => `${names}已离岗，撤下 ${shifts} 个班`,
  backups: (week: string) => `指定了${week}的备勤`,
  published: (week: string, shifts: number) => `发布了${week}的班表，${shifts} 个班`,
  swap: (from: string, to: string, shift: string) => `${from} 与 ${to}：${shift}`,
  leave: (name: string, from: string, to: string) => `${name}：${from} 至 ${to}`,
} as const;
