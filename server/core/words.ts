import type { Role } from "../kernel/actor.ts";
import type { Front } from "./domain/accounts/device.ts";

export const frontWords: Readonly<Record<Front, string>> = { weapp: "小程序", h5: "手机网页", console: "控制台" };

/** Roles as people call them; `system` is what happens by itself. */
export const roleWords: Readonly<Record<Role | "system", string>> = {
  resident: "居民",
  cadre: "干部",
  partner: "协同单位",
  committee: "居委会",
  supervisor: "街镇",
  admin: "管理员",
  system: "系统",
};

/** What a resident certifies. */
export const outcomeWords = { solved: "解决了", partly: "部分解决", unsolved: "没解决" } as const;
