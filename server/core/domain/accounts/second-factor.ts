import type { Sealed } from "../requests/request.ts";
import type { Role } from "../../../kernel/actor.ts";

/**
 * What somebody has besides the password of an account: an authenticator that knows a secret, and codes for when it
 * is lost.
 */
export interface SecondFactor {
  /** The secret, sealed for this account. */
  sealed: Sealed;
  since: Date;
  /** The last time step of which a code was taken: neither it nor one before is good again (RFC 6238, 5.2). */
  lastStep: number;
  /** Keyed hashes of the recovery codes that are left. */
  recovery: readonly string[];
}

/** A secret that was shown, and is not active until a code of it is verified. */
export interface PendingFactor {
  sealed: Sealed;
  at: Date;
}

/** A secret that was shown waits so long for its first code, ms. */
export const ENROLMENT_TTL_MS = 15 * 60_000;

/** Whether the committee's and the operator's accounts must have one. */
export type FactorPolicy = "required" | "optional";

/** Where nothing is said: the demo's accounts are tapped, and hold nothing of anybody's. */
export const defaultFactorPolicy = (demo: boolean): FactorPolicy => (demo ? "optional" : "required");

const mustHave: readonly Role[] = ["committee", "admin"];

/** Whether a person may log in with a password only together with a second factor, whatever role is in use. */
export const needsFactor = (policy: FactorPolicy, { memberships }: { memberships: readonly { role: Role }[] }) =>
  policy === "required" && memberships.some(({ role }) => mustHave.includes(role));

/**
 * What the secret of an account is sealed for: it cannot be put in the place of another's. `{id}` is the document's.
 */
export const FACTOR_CONTEXT = "second-factor {id}";
export const factorContext = (account: string): string => FACTOR_CONTEXT.replace("{id}", `account:${account}`);
