import type { Relation } from "../../contract/index.ts";

/** 常用语. */
export const templates = {
  open: "常用语",
  title: "社区常用语",
  lead: "干部写联系、消息、办结时，点一下就能用，用前可以改。",
  step: "用在哪一步",
  stepMissing: "请选用在哪一步",
  text: "常用语",
  textMissing: "请写常用语，或删去这一行",
  add: "加一句",
  remove: "删去这一句",
  save: "保存",
  saved: "常用语已保存",
} as const;

/** Filing for somebody else. */
export const behalf = {
  open: "代居民提交",
  title: "代居民提交诉求",
  lead: "替来电、来访的居民提交。诉求归居民本人：用这个手机号登录小程序就能看到、评价。",
  community: "居民所在社区",
  communityHint: "一窗通收：在这里收下，由该社区办理；只列出可通收的事项。",
  name: "居民姓名",
  phone: "居民手机",
  phoneBad: "请填居民自己的 11 位手机号",
  building: "楼栋",
  unit: "单元",
  room: "房号",
  service: "事项",
  description: "诉求内容",
  descriptionHint: "照居民说的写",
  missing: (label: string) => `请填${label}`,
  submit: "提交",
  filed: "已提交",
  filedThere: (community: string) => `已收下，由${community}办理`,
  acceptedIn: "收件窗口",
  courseOnly: "本窗口代收的诉求，由所在社区办理。这里能看到办到哪一步、谁在办，看不到居民信息和内容。",
  filedBy: "提交人",
  byStaff: (name: string) => `${name} 代提交`,
  byFamily: (relation: string, name: string) => `${name} 代办（居民是其${relation}）`,
  consent: "代办同意",
  consents: { asked: "还没问过居民本人", given: "居民同意", refused: "居民不同意" },
  mayRate: "，也可代评价",
  relations: {
    parent: "父母",
    grandparent: "祖父母",
    spouse: "爱人",
    relative: "亲戚",
    neighbour: "邻居",
  } satisfies Record<Relation, string>,
} as const;
