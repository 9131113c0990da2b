import type { Clock } from "../../../kernel/clock.ts";
import { randomBytes } from "node:crypto";

/** The lifetime of codes of `wx.login` and of the phone button. Each can be used once. */
const CODE_MS = 5 * 60_000;

/** The result of redeeming a code: its value, or why it is not accepted. */
export type Redeemed<T> = { value: T } | { fault: "unknown" | "used"; value: T | null };

/** Issues and redeems codes of one kind, each for a value. */
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
