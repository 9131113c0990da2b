/** Words of the service log. */
export const log = {
  title: "服务台账",
  request: "工单号",
  requestHint: "输入完整工单号或编号，回车",
  requestUnknown: "没有找到这个工单号，请核对后再试。",
  q: "搜内容",
  qHint: "诉求、记录、理由里的字词，或干部姓名；多个词用空格隔开（按 / 跳到这里）",
  views: {
    open: "视图与列",
    saved: "我的视图",
    none: "还没有保存过。把常用的筛选起个名字，下次一点就到。",
    name: "把现在的筛选存为",
    nameHint: "例如：本月退单",
    nameMissing: "请起个名字",
    save: "保存",
    removeOne: (name: string) => `删去视图 ${name}`,
    columns: "显示的列",
    kept: "只存在您用的这台电脑的浏览器里。要给别人看同样的筛选，把地址栏的链接发给对方。",
    close: "好了",
  },
  cadre: "干部",
  service: "事项",
  type: "类型",
  span: "时间",
  order: "次序",
  newest: "新的在前",
  oldest: "旧的在前",
  print: "打印",
  printing: "正在读取全部记录…",
  printedAt: (time: string) => `打印于 ${time}`,
  printPart: (n: number) => `只打印了前 ${n} 条，后面还有。请缩小时间范围。`,
  columns: {
    pos: "序号", at: "时间", type: "类型", no: "工单号", service: "事项", actor: "谁", what: "内容", seal: "签章", community: "社区",
  }, // prettier-ignore
  none: "没有符合条件的记录。",
  noneHint: "可以放宽筛选或换一段时间。",
  noneAtAll: "还没有记录。",
  table: "台账列表",
  sealHint: (seal: string) => `签章 ${seal}：与前一条相连，改动或缺失都能查出`,
  /** The chain of events that belong to no community. */
  installation: "本系统",
  filters: "筛选",
  everything: "全部记录",
  printedFilters: {
    q: (said: string) => `内容含“${said}”`, request: (no: string) => `工单 ${no}`, cadre: (name: string) => `干部 ${name}`, service: (title: string) => `事项 ${title}`,
    type: (type: string) => `类型 ${type}`, from: (time: string) => `自 ${time}`, to: (time: string) => `至 ${time}`,
  }, // prettier-ignore
} as const;
