import type { Clock } from "../../../kernel/clock.ts";
import { randomBytes } from "node:crypto";

/** Codes of `wx.login` and of the phone button: good once and for five minutes. */
const CODE_MS = 5 * 60_000;

/** How a code was answered: what it stands for, or why not. */
export type Redeemed<T> = { value: T } | { fault: "unknown" | "used"; value: T | null };

/** Codes of one kind, each standing for a value. */
export function createCodes<T>(clock: Clock) {
  const codes = new Map<string, { value: T; until: number; used: boolean }>();
  return {
    issue(value: T): string {
      const code = randomBytes(16).toString("hex");
      codes.set(code, { value, until: clock.now().getTime() + CODE_MS, used: false });
      return code;
    },
    redeem(code: string): Redeemed<T> {
      const issued = codes.get(code);
      if (!issued || issued.until < clock.now().getTime()) return { fault: "unknown", value: null };
      if (issued.used) return { fault: "used", value: issued.value };
      issued.used = true;
      return { value: issued.value };
    },
  };
}
