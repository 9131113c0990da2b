import { refuse } from "../../../kernel/errors.ts";
import type { Limit } from "../../../adapters/limits/limiter.ts";
import type { Uses } from "../../ports.ts";

/**
 * The limits of calls for one phone, account, user or address. A household or an office may share an address, so its
 * limits are wide. They allow 5 codes an hour with 5 guesses each, out of a million codes.
 */
export const limits = {
  otpPause: { most: 1, seconds: 60 },
  otpPhone: { most: 5, seconds: 3600 },
  otpAddress: { most: 60, seconds: 3600 },
  // WeChat charges for each call.
  phoneButton: { most: 10, seconds: 3600 },
  filedForFamily: { most: 10, seconds: 86_400 },
  complaintUser: { most: 10, seconds: 24 * 3600 },
  // The limit is high enough for work and too low for copying numbers in bulk.
  reveal: { most: 30, seconds: 3600 },
  ownExport: { most: 10, seconds: 3600 },
  nearUser: { most: 60, seconds: 3600 },
  uploadUser: { most: 200, seconds: 3600 },
  uploadDay: { most: 500, seconds: 86_400 },
  // Some 500 photos of a phone, with 4 MB each.
  uploadDayKilobytes: { most: 2 * 1024 * 1024, seconds: 86_400 },
} as const satisfies Record<string, Limit>;

/** Subtracts one point that {@link consumeLimit} counted, for a use that the limit is not meant for. */
export async function giveBack(deps: Uses<"limiter">, limit: keyof typeof limits, who: string): Promise<void> {
  await deps.limiter.add(`${limit}:${who}`, limits[limit], -1);
}

/** Counts `points` more. Throws `rate.limited` with `retryAfter` seconds above the limit. */
export async function consumeLimit(
  deps: Uses<"limiter">,
  limit: keyof typeof limits,
  who: string,
  points = 1,
): Promise<void> {
  const retryAfter = await deps.limiter.hit(`${limit}:${who}`, limits[limit], points);
  if (retryAfter !== null) refuse("rate.limited", { retryAfter });
}
