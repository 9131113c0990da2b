/** Words of accepting an invitation. Not in `words`, because few people need them, and only once. */
export const join = {
  title: "接受邀请",
  lead: (community: string) => `${community}邀请您`,
  leadHint: "核对一下，是您本人再接受",
  name: "姓名",
  role: "身份",
  organization: "单位",
  post: "职务",
  positions: "岗位",
  community: "社区",
  binds: "接受后，这个岗位就绑在您现在登录的账号上。以后用它登录，就能接单、回复居民。",
  accept: "接受",
  loginFirst: "先登录再接受",
  notMeHint: "不是您本人请不要接受，关掉这一页，告诉居委会就好。",
  accepted: "接受好了",
  noCode: "二维码不完整",
  noCodeHint: "请再扫一次，或请居委会重新出示二维码。",
  over: {
    accepted: ["这份邀请已经用过了", "如果是您本人用的，直接打开“我”切换身份。不是的话，请马上告诉居委会。"],
    revoked: ["这份邀请已被收回", "需要的话，请居委会再发一份。"],
    expired: ["这份邀请已过期", "邀请七天内有效。请居委会再发一份。"],
  },
};
