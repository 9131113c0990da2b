/** Words of the delivery states of messages about a request. */
export const notifyWords = {
  deliveries: {
    title: "消息通知",
    nothing: "还没有发出消息",
    all: (n: number) => `看全部 ${n} 条`,
    channel: { inbox: "站内消息", wechat: "微信通知", wecom: "干部群", sms: "短信" },
    to: { resident: "居民", staff: "干部", group: "全体" },
    state: {
      queued: "待发送",
      reserved: "发送中",
      sent: "已送达",
      read: "已读",
      refused: "未授权",
      failed: "未发出",
      unknown: "未知",
      skipped: "未发送",
    },
    unread: "未读",
    queued: (time: string) => `${time} 发送`,
    reason: {
      no_wechat: "未绑定微信",
      no_template: "未设模板",
      no_consent: "未授权",
      no_robot: "未设群",
      no_phone: "没有手机号",
      outdated: "已不需要",
    } as Readonly<Record<string, string>>,
  },
};
