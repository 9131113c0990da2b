import type { Sealed } from "../requests/request-content.ts";
import type { Role } from "../../../kernel/actor.ts";

/**
 * The second factor of an account beside its password: an authenticator's secret, and recovery codes for when the
 * authenticator is lost.
 */
export interface SecondFactor {
  /** The secret, sealed for this account. */
  sealed: Sealed;
  since: Date;
  /** The time step of the last accepted code. Codes of this step or an earlier one are refused (RFC 6238, 5.2). */
  lastStep: number;
  /** Keyed hashes of the unused recovery codes. */
  recovery: readonly string[];
}

/** A secret that was shown and becomes active when one of its codes is verified. */
export interface PendingFactor {
  sealed: Sealed;
  at: Date;
}

/** How long a shown secret waits for its first code, in ms. */
export const ENROLMENT_TTL_MS = 15 * 60_000;

/** Whether accounts of the committee, the subdistrict and the operator must have one. */
export type FactorPolicy = "required" | "optional";

/** The policy when none is configured. A demo needs no second factor, since its accounts hold no real data. */
export const defaultFactorPolicy = (demo: boolean): FactorPolicy => (demo ? "optional" : "required");

const mustHave: readonly Role[] = ["committee", "supervisor", "admin"];

/** Whether a person's password login requires a second factor, whatever role is in use. */
export const needsFactor = (policy: FactorPolicy, { memberships }: { memberships: readonly { role: Role }[] }) =>
  policy === "required" && memberships.some(({ role }) => mustHave.includes(role));

/**
 * The context for which an account's secret is sealed, so that a secret cannot be moved to another account. `{id}` is
 * the document's id.
 */
export const FACTOR_CONTEXT = "second-factor {id}";

/** The context for which the secret of this account is sealed. */
export const factorContext = (account: string): string => FACTOR_CONTEXT.replace("{id}", `account:${account}`);
