/** Co-handling (协办): what the log calls its events. */
export const coHandlingEvents = {
  "request.organization_asked": "请单位协办",
  "request.task_ended": "协办结束",
  "task.accepted": "单位接下协办",
  "task.refused": "单位不接协办",
  "task.noted": "协办进展",
  "task.done": "协办办好",
  "task.withdrawn": "撤回协办",
  "task.cancelled": "协办取消",
  "task.reminded": "协办催办",
  "task.overdue": "协办超时",
  "task.supervised": "协办督办",
} as const;

/** And how it tells of them. */
export const coHandlingSentences = {
  organizationAsked: (unit: string, hours: number) => `请${unit}协办，限 ${hours} 小时`,
  taskEnded: (unit: string, how: string) => `${unit}的协办${how}`,
  taskEnds: { done: "已办好", refused: "没有接", withdrawn: "已撤回" },
  taskAccepted: (unit: string) => `${unit}接下协办`,
  taskRefused: (unit: string) => `${unit}不接协办`,
  taskNoted: (unit: string, photos: number) => (photos ? `${unit}写协办进展，${photos} 张照片` : `${unit}写协办进展`),
  taskDone: (unit: string, photos: number) => (photos ? `${unit}办好协办，${photos} 张照片` : `${unit}办好协办`),
  taskWithdrawn: (unit: string) => `撤回请${unit}协办`,
  taskCancelled: (unit: string) => `诉求已结束，${unit}的协办取消`,
  taskReminded: (unit: string, clock: string) => `催办${unit}：${clock}`,
  taskOverdue: (unit: string, clock: string) => `${unit}协办超时：${clock}`,
  taskSupervised: (unit: string, clock: string) => `督办${unit}：${clock}`,
  taskClock: { respond: "接下", resolve: "办好" },
  helpedBy: (units: string) => `，协办单位：${units}`,
} as const;
