import { randomUUID } from "node:crypto";
import type { Middleware } from "koa";
import type { Logger } from "pino";
import { withRequestId } from "./request-context.ts";

/**
 * A UUID, or the 32 hexadecimal digits that nginx makes. Such an id cannot carry a phone number or a forged line of
 * log.
 */
const WELL_FORMED = /^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** An answered HTTP request, for metrics. */
export interface Answered {
  method: string;
  /** The pattern of the path (`/api/requests/:id`); null when it is no operation of the contract. */
  route: string | null;
  status: number;
  /** The error code of a refusal. */
  code: string | null;
  seconds: number;
}

/** The options of {@link accessLog}. `answered` is called after each request. */
export interface AccessLogOptions {
  log: Logger;
  level: "info" | "debug";
  /** Masks personal data in a path that is no route. */
  mask: (path: string) => string;
  /** Masks the caller's address. */
  maskAddress: (address: string) => string;
  answered?: ((answered: Answered) => void) | undefined;
}

/**
 * Gives each HTTP request an id (a well-formed `X-Request-Id` of the caller, else a new one), which is also a header of
 * the reply, and logs one line: who called (the id of the user), from which network, what, and how it ended, without
 * query, body, token and other personal data. In production the level is `info`, since these lines must be kept
 * (docs/operations/launch.md); in development they would hide other messages.
 */
export function accessLog({ log, level, mask, maskAddress, answered }: AccessLogOptions): Middleware {
  return async (ctx, next) => {
    const { req, res } = ctx;
    const given = String(req.headers["x-request-id"] ?? "");
    const requestId = WELL_FORMED.test(given) ? given : randomUUID();
    ctx.state["requestId"] = requestId;
    res.setHeader("X-Request-Id", requestId);
    const started = performance.now();
    try {
      await withRequestId(requestId, next);
    } finally {
      const ms = performance.now() - started;
      const route = (ctx.state["route"] as string | undefined) ?? null;
      const code = (ctx.state["errorCode"] as string | undefined) ?? null;
      const { method = "" } = req;
      const { statusCode: status } = res;
      answered?.({ method, route, status, code, seconds: ms / 1_000 });
      // The path of an unknown route is arbitrary user input, so it is masked. For pages and files it is their name.
      const shown = route ?? mask(ctx.path);
      const user = (ctx.state["userId"] as string | undefined) ?? null;
      const line = { requestId, method, route: shown, status, ms: Math.round(ms), user, from: maskAddress(ctx.ip) };
      log[level](code ? { ...line, code } : line, "request");
    }
  };
}
