import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import type { Context, Middleware } from "koa";

/**
 * A middleware that gives every reply the same headers, whatever was asked: what it gives is found out once, so that a reply costs no
 * work of it. Rejects at the first request when the middleware does more than that.
 */
export function steadyHeaders(middleware: Middleware): Middleware {
  let headers: Promise<readonly (readonly [string, string])[]> | null = null;

  async function findOut(app: Context["app"]): Promise<readonly (readonly [string, string])[]> {
    const request = new IncomingMessage(new Socket());
    const ctx = app.createContext(request, new ServerResponse(request)) as Context;
    let passed = false;
    await middleware(ctx, async () => {
      passed = true;
    });
    if (!passed || ctx.body !== undefined) throw new Error("a middleware of headers only answers");
    return Object.entries(ctx.res.getHeaders()).map(([name, value]) => [name, String(value)] as const);
  }

  return async (ctx, next) => {
    headers ??= findOut(ctx.app);
    for (const [name, value] of await headers) ctx.res.setHeader(name, value);
    return next();
  };
}
