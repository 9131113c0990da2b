/** How wrong guesses of one secret are slowed down. Times in seconds. */
export interface ThrottlePolicy {
  /** This many wrong guesses in a row cause no wait, since people mistype. */
  free: number;
  /** The wait after the last free guess. Each further wrong guess doubles it. */
  firstWait: number;
  longestWait: number;
  /** After this long without a guess, earlier guesses no longer count. */
  forgottenAfter: number;
}

/**
 * The policies for an account's password, for the codes of its second factor, for the codes sent to a phone (each
 * allows five tries, so ten free guesses are two codes), and for all attempts from one network address, which may be an
 * office. A wait is at most an hour, so that an attacker cannot lock the owner out for a day. This allows at most
 * forty guesses on the first day and 24 on each later day.
 */
export const throttlePolicies = {
  account: { free: 5, firstWait: 60, longestWait: 3_600, forgottenAfter: 86_400 },
  factor: { free: 5, firstWait: 60, longestWait: 3_600, forgottenAfter: 86_400 },
  phone: { free: 10, firstWait: 60, longestWait: 3_600, forgottenAfter: 86_400 },
  address: { free: 50, firstWait: 60, longestWait: 3_600, forgottenAfter: 6 * 3_600 },
} as const satisfies Record<string, ThrottlePolicy>;

/** How long no further guess is accepted after the `tries`th wrong guess in a row, in seconds. */
export const throttleSeconds = (tries: number, { free, firstWait, longestWait }: ThrottlePolicy): number =>
  tries < free ? 0 : Math.min(longestWait, firstWait * 2 ** Math.min(tries - free, 30));
