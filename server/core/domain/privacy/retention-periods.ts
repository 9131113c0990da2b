import { type RetentionPeriod, startOfPeriod } from "../../../kernel/personal-data.ts";

/** The retention periods of personal data. The retention job uses the days, docs/privacy.md prints the words. */
export const retentionPeriods = {
  account: { days: null, from: "账号在就在" },
  post: { days: null, from: "任职期间" },
  request: { days: 3 * 365, from: "诉求评价、撤回或不予受理" },
  log: { days: 3 * 365, from: "记入台账" },
  proof: { days: null, from: "长期：履职与监督的凭据" },
  notice: { days: 365, from: "通知" },
  delivery: { days: 365, from: "发送" },
  invitation: { days: 365, from: "邀请到期" },
  login: { days: 365, from: "登录，或登录失败" },
  leave: { days: 3 * 365, from: "假期结束" },
  session: { days: 30, from: "最后一次使用" },
  moment: { days: 1, from: "验证码、计数到期（几分钟到一天）" },
} as const satisfies Record<string, RetentionPeriod>;
export type PeriodName = keyof typeof retentionPeriods;

/** The moment before which data of that period are deleted. Throws for a period without a number of days. */
export const retentionCutoff = (name: PeriodName, now: Date): Date => startOfPeriod(retentionPeriods[name], now);

/** The parts of a resident's export (`GET /api/me/export`). */
export const exportParts = [
  "profile",
  "requests",
  "messages",
  "photos",
  "ratings",
  "consents",
  "notices",
  "deliveries",
  "sessions",
  "record",
] as const;
export type ExportPart = (typeof exportParts)[number];
