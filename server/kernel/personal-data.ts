/** A retention period. `days` count from the moment that `from` names; null when something else ends it. */
export interface RetentionPeriod {
  days: number | null;
  from: string;
}

/**
 * How a datum is protected in the database. `sealed`: encrypted, with a key outside the database; `hashed`: a keyed
 * hash, which can be searched but not read; `words`: in clear, with mobile and ID numbers masked at intake; `clear`:
 * readable for everybody with access to the database.
 */
export const protections = ["sealed", "hashed", "words", "clear"] as const;
export type Protection = (typeof protections)[number];

/**
 * The legal grounds of PIPL (个人信息保护法), article 13: consent (一), a contract with the person or the
 * employment of staff (二), a legal duty (三). The operator of an installation decides which applies, in the impact
 * assessment.
 */
export type LegalGround = "consent" | "contract" | "duty";

/** Personal data with the same purpose and period. */
export interface PersonalDataEntry {
  what: string;
  /** `resident`: people who file, follow or are cared for. `staff`: holders of a post. */
  whose: "resident" | "staff";
  why: string;
  ground: LegalGround;
  /** The name of a period of the register. */
  kept: string;
  /** What happens to the data when the account is closed. */
  closing: string;
  /** The part of `GET /api/me/export` in which a resident gets the data, or why they are not handed out. */
  handed: string | { not: string };
  /** The paths (`collection.field`, everything below included) by protection. */
  at: Partial<Record<Protection, readonly string[]>>;
}

/**
 * The inventory of a part of the product: personal data, and fields that say nothing about a person. Every stored field
 * is in one of them.
 */
export interface DataRegister {
  personal: readonly PersonalDataEntry[];
  /** Paths as in `personal`. */
  impersonal: readonly string[];
  periods: Readonly<Record<string, RetentionPeriod>>;
}

/** The moment before which data of that period are deleted. Throws for a period without a number of days. */
export function startOfPeriod({ days, from }: RetentionPeriod, now: Date): Date {
  if (days === null) throw new RangeError(`no number of days ends what is kept from: ${from}`);
  return new Date(now.getTime() - days * 24 * 3_600_000);
}
