import type { Input } from "../../../contract/index.ts";
import type { ApiError } from "../../api/error.ts";

/** What somebody has typed so far. */
export type Typed = Input<"POST /api/auth/password">["body"];

/** What the login asks for next: an own password for a one-time one, a code, or to set up a second factor. */
export type Lacking = "own" | "code" | "factor";

const lacking: Readonly<Record<string, Lacking>> = {
  "auth.password_temporary": "own",
  "auth.second_factor_required": "code",
  "auth.second_factor_missing": "factor",
};

/** What a refused login still needs; null: it was refused for good. */
export const lackingOf = ({ code }: ApiError): Lacking | null => lacking[code] ?? null;

/** By the time that a second factor is asked to be set up, the own password has taken the place of the one-time one. */
export const withOwnPassword = ({ account, password, newPassword }: Typed): Typed => ({
  account,
  password: newPassword ?? password,
});
