import type { Relation } from "../../contract/index.ts";

/** Filing for somebody else. */
export const behalf = {
  open: "代居民提交",
  title: "代居民提交诉求",
  lead: "替来电、来访的居民提交。诉求归居民本人：用这个手机号登录小程序就能看到、评价。",
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
