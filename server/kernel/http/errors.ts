import type { Context, Middleware } from "koa";
import type { Logger } from "pino";
import { DomainError, type ErrorCode } from "../errors.ts";

/** What every refusal looks like; the contract declares the same. */
interface ErrorEnvelope {
  error: { code: string; message: string; details: Record<string, unknown>; requestId: string };
}

/** The status and the sentence of a refusal. */
type SentenceOf = (code: ErrorCode, params: DomainError["params"]) => { status: number; message: string };

/** Whoever hangs up in the middle of a body gets no reply, and nothing of ours is wrong. */
const hungUp = ({ req }: Context): boolean => req.destroyed && !req.complete;

/** What the driver says when it reaches no database: it comes back, and whoever asks again is served. */
const DATABASE_UNREACHABLE =
  /^Mongo(?:ose)?(?:Network|NetworkTimeout|ServerSelection|PoolCleared|PoolClosed|NotConnected|Topology\w*)Error$/;

function foreseen(error: unknown, ctx: Context): DomainError {
  if (error instanceof DomainError) return error;
  if (error instanceof Error && DATABASE_UNREACHABLE.test(error.name))
    return new DomainError("server.not_ready", { retryAfter: 2 });
  return new DomainError(hungUp(ctx) ? "input.not_json" : "server.failed");
}

/**
 * The one place where an error becomes a reply: code -> status, sentence, envelope. What nobody foresaw is
 * `server.failed` and logged.
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
