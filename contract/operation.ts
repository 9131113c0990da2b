import type { z } from "zod";
import type { Role } from "./common.ts";

/**
 * Who may call an operation. `anyone`: no login needed, but a valid token is read; `user`: a login is needed; a list:
 * one of these roles must be in use. What a caller may do to a request is decided by its transition table.
 */
export type Access = "anyone" | "user" | readonly Role[];

/**
 * The class of an operation for call budgets. Each user and each address has a budget per class
 * (server/adapters/limits/budgets.ts). `none` is for frequent calls of monitoring.
 */
export type Budget = "read" | "query" | "step" | "filing" | "login" | "upload" | "export" | "none";

/** The declaration of an operation: the source of its route, validation, OpenAPI entry and both clients' types. */
export interface Operation {
  summary: string;
  tag: string;
  access: Access;
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodObject;
  /** The schema of a successful reply's JSON. `"file"`: bytes; `"none"`: 204 without a body. */
  reply: z.ZodType | "file" | "none";
  /** The HTTP status of success. Default: 200, or 204 with reply `none`. */
  status?: number;
  /** The body is multipart/form-data with one part `file`. */
  upload?: true;
  /**
   * The `Idempotency-Key` header is supported. The same key and body give the same reply; the same key with another
   * body gives 422.
   */
  idempotent?: true;
  /**
   * The reply has a credential (token, code, password) or personal data in clear, and is therefore never compressed.
   */
  secret?: true;
  /**
   * The refresh token of a browser's front end is in a cookie, which the operation reads, sets or deletes. Calls of
   * other sites' pages are refused.
   */
  refreshCookie?: true;
  /**
   * The caller must have given the password, and the second factor where there is one, within five minutes
   * (`POST /api/auth/reauthenticate`).
   */
  reauthentication?: true;
  /** Default: `read` for GET, otherwise `step`. */
  budget?: Budget;
  /** Codes of domain errors that callers should handle, besides those of every operation. */
  errors?: readonly string[];
}

export type OperationKey = `${"GET" | "POST" | "PATCH" | "PUT" | "DELETE"} /${string}`;

/** The budget class of an operation. */
export const budgetOf = (key: string, { budget }: Operation): Budget =>
  budget ?? (key.startsWith("GET ") ? "read" : "step");

/**
 * Whether replies of an operation are never compressed.
 *
 * - `secret`: the length of a compressed reply depends on repeated text. An eavesdropper who can place text into a
 *   reply beside a secret can guess the secret from the length (BREACH, CVE-2013-3587). Replies without `secret` have
 *   signed addresses of photos, which expire after ten minutes, and a phone number for the handler. A guess takes
 *   thousands of texts and calls. Filing has a budget, and a call needs an access token, which other sites cannot send
 *   since it is in no cookie.
 * - Files: photos and workbooks are compressed already, and a browser shows the progress of a download only when it
 *   knows the length.
 */
export const isNeverCompressed = ({ reply, secret }: Operation): boolean => reply === "file" || secret === true;
