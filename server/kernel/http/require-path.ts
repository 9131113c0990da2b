import type { Context, Middleware } from "koa";

const hasPath = (ctx: Context): boolean => {
  try {
    return Boolean(ctx.path);
  } catch {
    return false;
  }
};

/** Answers 400 to a request target without a path (`http://[`), since all later middlewares read the path. */
export const requirePath: Middleware = async (ctx, next) => {
  if (hasPath(ctx)) return next();
  ctx.status = 400;
  return undefined;
};
