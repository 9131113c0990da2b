import type { Role } from "../kernel/actor.ts";
import type { Front } from "./domain/accounts/device.ts";

/** Front ends in words. */
export const frontWords: Readonly<Record<Front, string>> = { weapp: "小程序", h5: "手机网页", console: "控制台" };

/** Roles in words; `system` stands for steps that nobody takes. */
export const roleWords: Readonly<Record<Role | "system", string>> = {
  resident: "居民",
  cadre: "干部",
  partner: "协同单位",
  committee: "居委会",
  supervisor: "街镇",
  admin: "管理员",
  system: "系统",
};

/** The outcomes of a rating in words. */
export const outcomeWords = { solved: "解决了", partly: "部分解决", unsolved: "没解决" } as const;
