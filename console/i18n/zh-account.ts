/** Words of the page 账号与安全. */
export const account = {
  title: "账号与安全",
  devices: {
    title: "登录着的设备",
    hint: "不认识的，或丢了的，请退出：它立即不能再用。几个人合用一台电脑时，离开前请退出登录。",
    columns: { device: "设备", front: "从哪里", since: "登录时间", used: "最后使用", action: "操作" },
    unknown: "认不出的设备",
    fronts: { weapp: "小程序", h5: "手机网页", console: "控制台" },
    current: "本机",
    inUse: "正在使用",
    end: "退出",
    endLabel: (device: string) => `退出 ${device}`,
    sureTitle: (device: string) => `退出“${device}”？`,
    sureText: "那里立即不能再用，要重新登录。",
    ended: "已退出",
    endOthers: "退出其他全部设备",
    sureOthers: "退出其他全部设备？",
    endedOthers: (n: number) => (n === 0 ? "没有其他设备登录着" : `已退出 ${n} 台设备`),
    lost: "手机丢了，还要在微信里把它退出（“我－设置－账号与安全”）：微信还登录着，小程序就能再登录。",
  },
} as const;
