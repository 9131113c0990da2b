import type { z } from "zod";
import type { Role } from "./common.ts";

/**
 * Who may call an operation at all. `anyone` needs no login (a valid token is still read), `user` needs one, a list needs
 * one of these roles in use. What a caller may do to one request is decided by the transition table, not here.
 */
export type Access = "anyone" | "user" | readonly Role[];

/**
 * What a call costs, for its limits: of each class one user and one address have a budget (server/adapters/limits/budgets.ts). `none` is for what
 * machines ask all the time.
 */
export type Budget = "read" | "query" | "step" | "filing" | "login" | "upload" | "export" | "none";

/** One operation of the API, declared once: the route, validation, OpenAPI and both clients' types come from it. */
export interface Operation {
  summary: string;
  tag: string;
  access: Access;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodObject;
  /** Schema of a successful reply's JSON. `"file"`: bytes instead; `"none"`: 204 without a body. */
  reply: z.ZodType | "file" | "none";
  /** HTTP status of success. Default 200, with reply `none` 204. */
  status?: number;
  /** The body is multipart/form-data with one part `file`. */
  upload?: true;
  /** An `Idempotency-Key` header is honoured: same key and body, same answer; same key, other body, 422. */
  idempotent?: true;
  /** The reply holds a credential (token, code, password), or is made to show personal data in clear: never compressed. */
  secret?: true;
  /** Default: `read` of a GET, else `step`. */
  budget?: Budget;
  /** Domain error codes that a caller should be ready for, besides those of every operation. */
  errors?: readonly string[];
}

export type OperationKey = `${"GET" | "POST" | "PATCH" | "PUT" | "DELETE"} /${string}`;

/** The class of an operation. */
export const budgetOf = (key: string, { budget }: Operation): Budget =>
  budget ?? (key.startsWith("GET ") ? "read" : "step");

/**
 * Whether replies of an operation are never compressed.
 *
 * - `secret`: the length of a compressed reply tells how much of it is alike. Whoever listens on the line and can have a
 *   text of theirs put beside a secret guesses the secret from it (BREACH, CVE-2013-3587). Other replies hold signed
 *   addresses of photos, which end after ten minutes, and to the handler a phone: a guess takes thousands of texts and
 *   calls. Filing has a budget, and a call needs a token, which no page elsewhere can send, since it is in no cookie.
 * - Files: photos and workbooks are compressed in themselves, and a browser shows how far a download is only when it
 *   knows the length.
 */
export const isNeverCompressed = ({ reply, secret }: Operation): boolean => reply === "file" || secret === true;
