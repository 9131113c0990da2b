/** How wrong guesses of one secret are slowed down. Times in seconds. */
export interface ThrottlePolicy {
  /** So many in a row are free: people mistype. */
  free: number;
  /** The wait after the last free one; each further one doubles it. */
  firstWait: number;
  longestWait: number;
  /** After so long without a guess all is forgotten. */
  forgottenAfter: number;
}

/**
 * Of an account's password, of the codes of its second factor, of a phone's codes (five each, so these are two
 * codes), and of all that one subscriber tries, who may be an office. An hour at most: whoever guesses on purpose
 * must not keep the owner out for a day. That leaves forty guesses on the first day, then 24 a day.
 */
export const throttlePolicies = {
  account: { free: 5, firstWait: 60, longestWait: 3_600, forgottenAfter: 86_400 },
  factor: { free: 5, firstWait: 60, longestWait: 3_600, forgottenAfter: 86_400 },
  phone: { free: 10, firstWait: 60, longestWait: 3_600, forgottenAfter: 86_400 },
  address: { free: 50, firstWait: 60, longestWait: 3_600, forgottenAfter: 6 * 3_600 },
} as const satisfies Record<string, ThrottlePolicy>;

/** How long nobody may guess again after the `tries`th in a row, seconds. */
export const throttleSeconds = (tries: number, { free, firstWait, longestWait }: ThrottlePolicy): number =>
  tries < free ? 0 : Math.min(longestWait, firstWait * 2 ** Math.min(tries - free, 30));
