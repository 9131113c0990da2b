/** Words of the page of residents. */
export const residents = {
  title: "居民",
  tier: "核实情况",
  waiting: "待核实",
  confirmed: "已核实",
  all: "全部",
  columns: {
    name: "姓名", phone: "电话", building: "楼栋", home: "单元与室", registered: "登记时间", state: "核实情况",
    action: "操作",
  }, // prettier-ignore
  confirm: "核实",
  confirmOne: (name: string) => `核实 ${name}`,
  confirmTitle: (name: string, home: string) => `${name} 住在${home}？`,
  confirmHint: "核实后，居民的诉求会标明“已核实”。",
  confirmYes: "确认核实",
  done: (name: string) => `已核实 ${name}`,
  confirmedBy: (by: string, time: string) => `${by} 于 ${time} 核实`,
  noneWaiting: "没有待核实的居民。",
  noneWaitingHint: "居民在小程序登记后会出现在这里。",
  none: "还没有居民。",
  table: "居民列表",
  home: (building: string, unit: string, room: string) => `${building}${unit}${room}`,
} as const;
