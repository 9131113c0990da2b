export const common = {
  appName: "店小二",
  back: "返回",
  retry: "再试一次",
  cancel: "取消",
  yes: "确定",
  close: "关闭",
  done: "完成",
  loading: "正在打开",
  more: "查看更多",
  required: "必填",
  untilWhen: "到什么时候",
  until: (when: string) => `到 ${when}`,
  needWords: "请先写几个字",
  optional: "可不填",
  weakNetwork: "网络有点慢，请稍等。写下的内容都在",
  offline: "没有网络。看到的是上次的内容，连上后自动更新",
  staleSince: (when: string) => `没能更新，这是${when}的内容`,
  call: "打电话",
  callPerson: (name: string) => `给${name}打电话`,
  photos: "照片",
  photoChecking: "审核中",
  photoRejected: "未通过审核",
  photoOf: (n: number) => `第 ${n} 张照片`,
  addPhoto: "加照片",
  removePhoto: (n: number) => `去掉第 ${n} 张照片`,
  uploading: (percent: number | null) =>
    percent === null ? "等着上传" : percent < 100 ? `已传 ${percent}%` : "就要好了",
  uploadAgain: "没传上，点一下重传",
  photoKept: "已上传",
  list: "、",
  dot: " · ",
  charsLeft: (n: number) => `还能写 ${n} 个字`,
  tabs: {
    home: "首页",
    requests: "我的诉求",
    me: "我",
    queue: "待接",
    handling: "在办",
    unread: (tab: string, n: number) => `${tab}，${n} 条未读消息`,
  },
};

export const roles = {
  resident: "居民",
  cadre: "干部",
  partner: "协同单位",
  committee: "居委会",
  supervisor: "街镇",
  admin: "管理员",
  system: "系统",
};

/** What is said when the server could not say it. What happened, that nothing is lost, what to do now. */
export const errors = {
  offline: "没连上网络。写下的内容还在，请检查网络后再试一次",
  unexpected: "刚才没办成。写下的内容还在，请稍等片刻再试一次",
  title: "暂时打不开",
};
