import type { Middleware } from "koa";
import { refuse } from "../errors.ts";

/**
 * The greatest length of a request target (path and query), in characters. The longest target of our front ends, a
 * list of the log by many types of events, has about two thousand.
 */
const MAX_TARGET = 4_096;

/** Refuses a longer target (`input.target_too_long`, 414) before any pattern is matched against it. */
export const limitTarget: Middleware = (ctx, next) =>
  (ctx.req.url ?? "").length > MAX_TARGET ? refuse("input.target_too_long") : next();
