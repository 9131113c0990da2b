/** How long something is kept. `days`: counted from the moment that `from` names; null: something else ends it. */
export interface Period {
  days: number | null;
  from: string;
}

/** Periods that personal data are kept for: the job of retention reads the days, docs/privacy.md the words. */
export const periods = {
  account: { days: null, from: "账号在就在" },
  post: { days: null, from: "任职期间" },
  request: { days: 3 * 365, from: "诉求评价、撤回或不予受理" },
  log: { days: 3 * 365, from: "记入台账" },
  proof: { days: null, from: "长期：履职与监督的凭据" },
  complaint: { days: 3 * 365, from: "提出投诉" },
  notice: { days: 365, from: "通知" },
  delivery: { days: 365, from: "发送" },
  invitation: { days: 365, from: "邀请到期" },
  loginFailure: { days: 365, from: "登录失败" },
  leave: { days: 3 * 365, from: "假期结束" },
  exportFile: { days: 1, from: "导出完成" },
  exportAsked: { days: 3 * 365, from: "申请导出" },
  session: { days: 30, from: "最后一次使用" },
  moment: { days: 1, from: "验证码、计数到期（几分钟到一天）" },
} as const satisfies Record<string, Period>;
export type PeriodName = keyof typeof periods;

/** The moment before which what is kept for that period goes. Throws for a period that no day ends. */
export function goesBefore(name: PeriodName, now: Date): Date {
  const { days } = periods[name];
  if (days === null) throw new RangeError(`${name} is no number of days`);
  return new Date(now.getTime() - days * 24 * 3_600_000);
}

/**
 * How a datum stands in the database. `sealed`: encrypted, with a key kept outside it; `hashed`: a keyed hash, found and not read; `words`: in
 * clear, mobile and ID numbers masked at intake; `clear`: readable by whoever has the database.
 */
export const protections = ["sealed", "hashed", "words", "clear"] as const;
export type Protection = (typeof protections)[number];

/**
 * PIPL (个人信息保护法) 13: consent (一), a contract with the person or the employment of staff (二), a duty by law (三). Which
 * applies to an installation its operator decides with the impact assessment.
 */
export type Ground = "consent" | "contract" | "duty";

/** Parts of what a resident downloads (`GET /api/me/export`). */
export const exportParts = [
  "profile",
  "requests",
  "messages",
  "photos",
  "ratings",
  "complaints",
  "consents",
  "notices",
  "deliveries",
  "sessions",
  "record",
] as const;
export type ExportPart = (typeof exportParts)[number];

/** Some personal data that are kept alike. */
export interface Kept {
  what: string;
  /** `resident`: whoever files, follows or is cared for; `staff`: whoever holds a post. */
  whose: "resident" | "staff";
  why: string;
  ground: Ground;
  kept: PeriodName;
  /** What becomes of it when the account is closed. */
  closing: string;
  /** Where a resident gets it; of what is not handed out, why. */
  handed: ExportPart | { not: string };
  /** Paths (`collection.field`, also all below it) by how they stand there. */
  at: Partial<Record<Protection, readonly string[]>>;
}
