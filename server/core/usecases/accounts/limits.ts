import { refuse } from "../../../kernel/errors.ts";
import type { Limit } from "../../../adapters/limits/limiter.ts";
import type { Uses } from "../../ports.ts";

/**
 * What one phone, account, user or address may ask for. A household or an office may share an address, so its limits
 * are wide. Guesses of a code: 5 codes an hour with 5 guesses each, of a million.
 */
export const limits = {
  otpPause: { most: 1, seconds: 60 },
  otpPhone: { most: 5, seconds: 3600 },
  otpAddress: { most: 60, seconds: 3600 },
  // WeChat charges for each.
  phoneButton: { most: 10, seconds: 3600 },
  filedForFamily: { most: 10, seconds: 86_400 },
  complaintUser: { most: 10, seconds: 24 * 3600 },
  // Looking up numbers one by one is work; by the hundred it is copying.
  reveal: { most: 30, seconds: 3600 },
  ownExport: { most: 10, seconds: 3600 },
  nearUser: { most: 60, seconds: 3600 },
  uploadUser: { most: 200, seconds: 3600 },
  uploadDay: { most: 500, seconds: 86_400 },
  // A phone's photo has some 4 MB.
  uploadDayKilobytes: { most: 2 * 1024 * 1024, seconds: 86_400 },
} as const satisfies Record<string, Limit>;

/** Counts `points` more; throws `rate.limited` with `retryAfter` seconds when it is too often. */
export async function consumeLimit(
  deps: Uses<"limiter">,
  limit: keyof typeof limits,
  who: string,
  points = 1,
): Promise<void> {
  const retryAfter = await deps.limiter.hit(`${limit}:${who}`, limits[limit], points);
  if (retryAfter !== null) refuse("rate.limited", { retryAfter });
}
