import { randomUUID } from "node:crypto";
import type { Middleware } from "koa";
import type { Logger } from "pino";

/**
 * Gives each request an id (also a header of the reply) and writes one line about it: no query, no body, no personal data. In production at `info`: they have to be
 * kept (docs/launch.md); in development they would drown what is said to the developer.
 */
export function accessLog(log: Logger, level: "info" | "debug"): Middleware {
  return async (ctx, next) => {
    const requestId = randomUUID();
    ctx.state["requestId"] = requestId;
    ctx.set("X-Request-Id", requestId);
    const started = performance.now();
    try {
      await next();
    } finally {
      const ms = Math.round(performance.now() - started);
      const route = ctx.state["route"] ?? ctx.path;
      log[level]({ requestId, method: ctx.method, route, status: ctx.status, ms }, "request");
    }
  };
}
