import type { ErrorEnvelope } from "../../contract/index.ts";
import { zh } from "../i18n/zh.ts";

/**
 * A refusal or a failure of a call. `message` is a sentence for people with a next step; `code` is the domain's word,
 * or `network.failed` / `reply.unreadable` when no envelope came, `login.ended` when nobody waits for it any more.
 * `status` is 0 when no reply came.
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

/** No reply came: the network is down, the server is away, or it took longer than the limit. */
export const networkFailed = (): ApiError => new ApiError("network.failed", zh.errors.network);

/** A reply came after its login had ended, or for another than is in use now. */
export const loginEnded = (): ApiError => new ApiError("login.ended", zh.errors.loginEnded);

const isEnvelope = (value: unknown): value is ErrorEnvelope => {
  if (typeof value !== "object" || value === null || !("error" in value)) return false;
  const { error } = value;
  return typeof error === "object" && error !== null && "code" in error && "message" in error;
};

/** The error of a reply that is not a success. A proxy's page without an envelope becomes `reply.unreadable`. */
export async function errorOf(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  if (!isEnvelope(body))
    return new ApiError("reply.unreadable", zh.errors.unreadable(response.status), { status: response.status });
  const { code, message, details, requestId } = body.error;
  return new ApiError(code, message, { status: response.status, details, requestId });
}

/** Whatever was thrown, as an {@link ApiError}. */
export const toApiError = (thrown: unknown): ApiError =>
  thrown instanceof ApiError ? thrown : new ApiError("console.failed", zh.errors.unexpected);
