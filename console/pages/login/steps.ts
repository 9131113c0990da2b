import type { Input } from "../../../contract/index.ts";
import type { ApiError } from "../../api/error.ts";

/** The login input typed so far. */
export type LoginInput = Input<"POST /api/auth/password">["body"];

/**
 * What the login still requires: an own password (`own`), a code (`code`), or the set-up of a second factor (`factor`).
 */
export type MissingStep = "own" | "code" | "factor";

const lacking: Readonly<Record<string, MissingStep>> = {
  "auth.password_temporary": "own",
  "auth.second_factor_required": "code",
  "auth.second_factor_missing": "factor",
};

/** What a refused login still requires. Null: the login failed. */
export const missingStepOf = ({ code }: ApiError): MissingStep | null => lacking[code] ?? null;

/**
 * The input with the own password instead of the one-time one. When a second factor must be set up, the server has
 * already replaced the one-time password.
 */
export const withOwnPassword = ({ account, password, newPassword }: LoginInput): LoginInput => ({
  account,
  password: newPassword ?? password,
});
