/** Words of platform features: privacy consent, new versions, sharing, unknown pages. */
export const wechat = {
  share: "店小二：社区的事，晚上也有人办",
  pageNotFound: "没有找到这一页，已回到首页",
  updateReady: "店小二有新版本",
  updateNow: "现在更新",
  privacyTitle: "先跟您说清楚",
  privacyText:
    "接下来要用到您的照片或手机号，只用来办您的事。照片给本社区的工作人员看，完整的手机号只给接这件事的干部看。",
  privacyGuide: "看看隐私保护指引",
  privacyAgree: "同意",
  privacyRefuse: "先不用",
  phoneButton: "用微信里的手机号",
  phoneHint: "不用等验证码，点一下就好",
};
