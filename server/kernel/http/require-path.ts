import type { Context, Middleware } from "koa";

const hasPath = (ctx: Context): boolean => {
  try {
    return Boolean(ctx.path);
  } catch {
    return false;
  }
};

/**
 * Refuses a target that has no path (`http://[`), as Node refuses what is no HTTP: whatever comes behind, asks for
 * it.
 */
export const requirePath: Middleware = async (ctx, next) => {
  if (hasPath(ctx)) return next();
  ctx.status = 400;
  return undefined;
};
