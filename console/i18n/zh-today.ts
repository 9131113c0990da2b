/** Words of the page 今日. */
export const today = {
  title: "今日",
  open: "未办结",
  overdue: "已超时",
  overdueHint: "该联系或该办结的时间已过",
  rating: "待评价",
  since: "今天到现在",
  submitted: "新提交",
  claimed: "接单",
  resolved: "办结",
  rated: "评价",
  dueTitle: "先看这些：已超时，或 2 小时内到时限",
  dueNone: "没有超时的，2 小时内也没有到期的。",
  dutyTitle: "现在谁在岗",
  dutyNone: "现在没有干部在岗。",
  dutyNoneHint: "新诉求会在队列里等待；急事可派单给一位干部并打电话告知。",
  dutyUntil: (time: string) => `在岗至 ${time}`,
  dutyOpen: (n: number) => `手上 ${n} 件`,
  dutyPhone: "值班电话",
  recentTitle: "刚刚发生",
  recentNone: "今天还没有记录。",
  all: "查看全部",
  offersTitle: "正在派单",
  offersNone: "没有在等干部应答的派单。",
  offerTo: (cadre: string) => `派给${cadre}`,
  offerUntil: (time: string) => `等到 ${time}`,
  offerOver: "正转给下一位",
  offersHint: "到时候没接，自动转给下一位。",
  moreOffers: (n: number) => `还有 ${n} 件在派`,
  unoffered: (n: number) => `另有 ${n} 件在队列里，没有派给谁`,
} as const;

/** Words of the page 督办: supervised requests, and the communities side by side. */
export const supervision = {
  title: "督办",
  lead: "超过时限一半还没联系或没办结的，自动报街镇督办。居民信息在这里看不到；确有需要，打开工单写明理由再看。",
  communities: "各社区现在",
  columns: {
    community: "社区", open: "未办结", queued: "待接单", offered: "派单中", overdue: "超时", supervised: "督办中", month: "本月督办过",
  }, // prettier-ignore
  all: "合计",
  list: "督办清单",
  none: "没有督办中的工单。",
  noneHint: "超过时限一半还没联系或没办结的，会自动到这里。",
  rows: { clock: "超过了哪个时限", since: "督办起" },
  clock: { respond: "先行联系", resolve: "办结" },
  late: (clock: string, length: string) => `${clock}，超 ${length}`,
} as const;
