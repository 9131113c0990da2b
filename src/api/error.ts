import type { ErrorEnvelope } from "../../contract/index.ts";
import { words } from "../i18n";

/** The failure of a call. `message` is a sentence for the person, with a next step, to be shown as it is. */
export class ApiError extends Error {
  readonly code: string;
  /** The HTTP status; 0 when no reply came. */
  readonly status: number;
  readonly details: Readonly<Record<string, unknown>>;
  readonly requestId: string | null;

  constructor(error: Partial<ErrorEnvelope["error"]> & { code: string; message: string }, status: number) {
    super(error.message);
    this.name = "ApiError";
    this.code = error.code;
    this.status = status;
    this.details = error.details ?? {};
    this.requestId = error.requestId ?? null;
  }

  /** Nobody is logged in, or the login has ended. */
  get needsLogin(): boolean {
    return this.code === "auth.required" || this.code === "auth.session_ended";
  }

  /**
   * No reply came, or a server error: the step may or may not have been taken. It is safe to retry with the same key.
   */
  get unknownOutcome(): boolean {
    return this.status === 0 || this.status >= 500;
  }
}

/** The error when no reply came. */
export const offline = (): ApiError => new ApiError({ code: "client.offline", message: words.errors.offline }, 0);

/**
 * The error of an unsuccessful reply. A reply without an error envelope, such as a proxy's page, gets a general
 * sentence.
 */
export function readError(status: number, data: unknown): ApiError {
  if (isEnvelope(data)) return new ApiError(data.error, status);
  return new ApiError({ code: "client.unexpected", message: words.errors.unexpected }, status);
}

function isEnvelope(data: unknown): data is ErrorEnvelope {
  if (typeof data !== "object" || data === null || !("error" in data)) return false;
  const { error } = data;
  return typeof error === "object" && error !== null && "code" in error && "message" in error;
}

/** Converts a thrown value to an ApiError. A value that is none is also logged, because it is a programming error. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  console.error(thrown);
  return new ApiError({ code: "client.fault", message: words.errors.unexpected }, 0);
}
