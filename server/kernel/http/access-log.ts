import { randomUUID } from "node:crypto";
import type { Middleware } from "koa";
import type { Logger } from "pino";
import { withRequestId } from "./request-context.ts";

/** A UUID, or the 32 hexadecimal digits that nginx makes: ids in which nobody can hide a phone number or a line of log. */
const WELL_FORMED = /^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** A request that was answered, as it is counted. */
export interface Answered {
  method: string;
  /** The pattern of the path (`/api/requests/:id`); null: no operation of the contract. */
  route: string | null;
  status: number;
  /** The domain's word for a refusal. */
  code: string | null;
  seconds: number;
}

export interface AccessLogOptions {
  log: Logger;
  level: "info" | "debug";
  /** Masks what a path that is no route may hold of a person. */
  mask: (path: string) => string;
  answered?: ((answered: Answered) => void) | undefined;
}

/**
 * Gives each request an id (a well-formed `X-Request-Id` of the caller, else a new one; also a header of the reply) and writes one line
 * about it: no query, no body, no personal data. In production at `info`: they have to be
 * kept (docs/operations/launch.md); in development they would drown what is said to the developer.
 */
export function accessLog({ log, level, mask, answered }: AccessLogOptions): Middleware {
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
      // What is no route is whatever somebody wrote: of a page or a file it is the name.
      const shown = route ?? mask(ctx.path);
      const line = { requestId, method, route: shown, status, ms: Math.round(ms) };
      log[level](code ? { ...line, code } : line, "request");
    }
  };
}
