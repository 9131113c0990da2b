import type { Context, Middleware } from "koa";
import type { Logger } from "pino";
import { isDatabaseAway } from "../database-away.ts";
import { DomainError, type ErrorCode } from "../errors.ts";

/** The body of every error reply, as declared in the contract. */
interface ErrorEnvelope {
  error: { code: string; message: string; details: Record<string, unknown>; requestId: string };
}

/** The status and the sentence of a refusal. */
type SentenceOf = (code: ErrorCode, params: DomainError["params"]) => { status: number; message: string };

/** Whether the caller disconnected in the middle of the body. This is no fault of the server. */
const hungUp = ({ req }: Context): boolean => req.destroyed && !req.complete;

function foreseen(error: unknown, ctx: Context): DomainError {
  if (error instanceof DomainError) return error;
  // It comes back, and whoever asks again is served.
  if (!hungUp(ctx) && isDatabaseAway(error)) return new DomainError("server.not_ready", { retryAfter: 2 });
  return new DomainError(hungUp(ctx) ? "input.not_json" : "server.failed");
}

/**
 * Turns errors into replies: code to status, sentence and body. An unexpected error becomes `server.failed` and is
 * logged.
 */
export function errors(log: Logger, sentenceOf: SentenceOf): Middleware {
  return async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      const known = foreseen(error, ctx);
      const { status, message } = sentenceOf(known.code, known.params);
      const requestId = String(ctx.state["requestId"] ?? "");
      const route = (ctx.state["route"] as string | undefined) ?? null;
      if (known.code === "server.failed") log.error({ err: error, requestId, route }, "unforeseen error");
      else if (known !== error) log.warn({ reason: (error as Error).name, requestId, route }, "not answered");
      const body: ErrorEnvelope = { error: { code: known.code, message, details: { ...known.params }, requestId } };
      ctx.state["errorCode"] = known.code;
      ctx.status = status;
      ctx.body = body;
      const retryAfter = known.params["retryAfter"];
      if (typeof retryAfter === "number") ctx.set("Retry-After", String(retryAfter));
    }
  };
}
