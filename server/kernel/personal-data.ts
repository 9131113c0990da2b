/** How long something is kept. `days`: counted from the moment that `from` names; null: something else ends it. */
export interface Period {
  days: number | null;
  from: string;
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

/** Some personal data that are kept alike. */
export interface Kept {
  what: string;
  /** `resident`: whoever files, follows or is cared for; `staff`: whoever holds a post. */
  whose: "resident" | "staff";
  why: string;
  ground: Ground;
  /** The name of a period of the register. */
  kept: string;
  /** What becomes of it when the account is closed. */
  closing: string;
  /** In which part of `GET /api/me/export` a resident gets it; of what is not handed out, why. */
  handed: string | { not: string };
  /** Paths (`collection.field`, also all below it) by how they stand there. */
  at: Partial<Record<Protection, readonly string[]>>;
}

/** What a part of the product keeps of people, and what says nothing about anybody. Every field that the database has is in one of them. */
export interface DataRegister {
  personal: readonly Kept[];
  /** Paths as in `personal`. */
  impersonal: readonly string[];
  periods: Readonly<Record<string, Period>>;
}

/** The moment before which what is kept for that period goes. Throws for a period that no day ends. */
export function startOfPeriod({ days, from }: Period, now: Date): Date {
  if (days === null) throw new RangeError(`no number of days ends what is kept from: ${from}`);
  return new Date(now.getTime() - days * 24 * 3_600_000);
}
