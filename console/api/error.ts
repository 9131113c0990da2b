import type { ErrorEnvelope } from "../../contract/index.ts";
import { zh } from "../i18n/zh.ts";

/**
 * A refusal or a failure of a call. `message` is a sentence for the user, with a next step. `code` is the server's
 * error
 * code, `network.failed` or `reply.unreadable` when no error envelope came, or `login.ended` when the login ended
 * during
 * the call. `status` is 0 when no reply came.
 */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: Readonly<Record<string, unknown>>;
  readonly requestId: string | null;
  constructor(
    code: string,
    message: string,
    rest: { status?: number; details?: Record<string, unknown>; requestId?: string } = {},
  ) {
    super(message);
    this.name = "ApiError";
    this.code = code;
    this.status = rest.status ?? 0;
    this.details = rest.details ?? {};
    this.requestId = rest.requestId ?? null;
  }
}

/** The error when no reply came: no network, no server, or a timeout. */
export const networkFailed = (): ApiError => new ApiError("network.failed", zh.errors.network);

/** The error when a reply came after its login had ended or had been replaced by another. */
export const loginEnded = (): ApiError => new ApiError("login.ended", zh.errors.loginEnded);

const isEnvelope = (value: unknown): value is ErrorEnvelope => {
  if (typeof value !== "object" || value === null || !("error" in value)) return false;
  const { error } = value;
  return typeof error === "object" && error !== null && "code" in error && "message" in error;
};

/**
 * The error of an unsuccessful reply. A body without an envelope, such as a proxy's page, becomes `reply.unreadable`.
 */
export async function errorOf(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  if (!isEnvelope(body))
    return new ApiError("reply.unreadable", zh.errors.unreadable(response.status), { status: response.status });
  const { code, message, details, requestId } = body.error;
  return new ApiError(code, message, { status: response.status, details, requestId });
}

/** Converts a thrown value to an {@link ApiError}. */
export const toApiError = (thrown: unknown): ApiError =>
  thrown instanceof ApiError ? thrown : new ApiError("console.failed", zh.errors.unexpected);
