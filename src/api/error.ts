import type { ErrorEnvelope } from "../../contract/index.ts";
import { words } from "../i18n";

/** Why a call failed. `message` is a sentence for the person, with a next step: show it as it is. */
export class ApiError extends Error {
  readonly code: string;
  /** HTTP status; 0 when no answer came. */
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

  /** Nobody is logged in, or not any more: a login comes first. */
  get needsLogin(): boolean {
    return this.code === "auth.required" || this.code === "auth.session_ended";
  }

  /**
   * No answer came, or one that says nothing: the step may or may not have been taken, and the same key may be sent
   * again.
   */
  get unknownOutcome(): boolean {
    return this.status === 0 || this.status >= 500;
  }
}

/** No answer came back. */
export const offline = (): ApiError => new ApiError({ code: "client.offline", message: words.errors.offline }, 0);

/** Reads an error's envelope; an answer that is none (a proxy's page, say) gets our own words. */
export function readError(status: number, data: unknown): ApiError {
  if (isEnvelope(data)) return new ApiError(data.error, status);
  return new ApiError({ code: "client.unexpected", message: words.errors.unexpected }, status);
}

function isEnvelope(data: unknown): data is ErrorEnvelope {
  if (typeof data !== "object" || data === null || !("error" in data)) return false;
  const { error } = data;
  return typeof error === "object" && error !== null && "code" in error && "message" in error;
}

/** Whatever was thrown, as an ApiError; a fault of our own is not hidden from the console. */
export function toApiError(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown;
  console.error(thrown);
  return new ApiError({ code: "client.fault", message: words.errors.unexpected }, 0);
}
