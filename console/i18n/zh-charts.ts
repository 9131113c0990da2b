/** Words of the charts; the title of each is a question. */
export const charts = {
  title: "近 30 天",
  numbers: "看数字",
  label: (question: string) => `图：${question}数字在下面的表里`,
  none: "这段时间没有数据。",
  days: { question: "每天来多少、办结多少？", day: "日期", opened: "提交", resolved: "其中已办结" },
  hours: {
    question: "一周里什么时候来得最多？",
    weekdays: ["周一", "周二", "周三", "周四", "周五", "周六", "周日"],
    weekday: "星期",
    hour: (hour: number) => `${hour}点`,
    cell: (weekday: string, hour: number, n: number) => `${weekday} ${hour} 点：${n} 件`,
  },
  services: { question: "居民都要办什么？", service: "事项", opened: "件数" },
  places: { question: "哪里的事最多？", building: "楼栋", opened: "件数" },
  cadres: { question: "谁承担得最多？", cadre: "干部", resolved: "已办结", others: "其他", nobody: "无人接单" },
} as const;
