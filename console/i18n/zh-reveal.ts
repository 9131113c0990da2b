/** Words of revealing a masked personal datum. */
export const reveal = {
  open: "查看",
  openOf: { phone: (whose: string) => `查看${whose}的电话`, home: (whose: string) => `查看${whose}的住址` },
  title: { phone: "查看电话", home: "查看住址" },
  lead: "先把您的姓名、时间和理由记入台账，再显示这一项。居委会看得到谁查看过。",
  reason: "为什么要看",
  reasonHint: "例如：回访时约定的号码打不通，核对后再打",
  short: "请写明理由，至少 4 个字",
  submit: "记下并查看",
  hide: "收起",
  hideOf: "收起，不再显示",
  empty: "已清除",
  field: { phone: "电话", home: "住址" },
  event: (field: string) => `查看了居民的${field}`,
} as const;
