import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import type { Context, Middleware, Next } from "koa";

type Headers = readonly (readonly [string, string])[];

/**
 * A middleware that gives every reply the same headers. They are computed once, from a middleware that only sets
 * headers, so that replies cost no further work. Rejects at the first request when that middleware does more.
 */
export function staticHeaders(middleware: Middleware): Middleware {
  let known: Headers | null = null;

  async function findOut(app: Context["app"]): Promise<Headers> {
    const request = new IncomingMessage(new Socket());
    const ctx = app.createContext(request, new ServerResponse(request)) as Context;
    let passed = false;
    await middleware(ctx, async () => {
      passed = true;
    });
    if (!passed || ctx.body !== undefined) throw new Error("a middleware of headers only answers");
    return Object.entries(ctx.res.getHeaders()).map(([name, value]) => [name, String(value)] as const);
  }

  function give(headers: Headers, { res }: Context, next: Next): Promise<unknown> {
    for (const [name, value] of headers) res.setHeader(name, value);
    return next();
  }

  return async (ctx, next) => give((known ??= await findOut(ctx.app)), ctx, next);
}
