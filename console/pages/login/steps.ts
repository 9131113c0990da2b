import type { Input } from "../../../contract/index.ts";
import type { ApiError } from "../../api/error.ts";

/** What somebody has typed so far. */
export type LoginInput = Input<"POST /api/auth/password">["body"];

/** What the login asks for next: an own password for a one-time one, a code, or to set up a second factor. */
export type MissingStep = "own" | "code" | "factor";

const lacking: Readonly<Record<string, MissingStep>> = {
  "auth.password_temporary": "own",
  "auth.second_factor_required": "code",
  "auth.second_factor_missing": "factor",
};

/** What a refused login still needs; null: it was refused for good. */
export const missingStepOf = ({ code }: ApiError): MissingStep | null => lacking[code] ?? null;

/** By the time that a second factor is asked to be set up, the own password has taken the place of the one-time one. */
export const withOwnPassword = ({ account, password, newPassword }: LoginInput): LoginInput => ({
  account,
  password: newPassword ?? password,
});
