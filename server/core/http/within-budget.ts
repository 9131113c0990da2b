import type { Middleware } from "koa";
import { refuse } from "../../kernel/errors.ts";
import type { RouteDeps } from "./route-deps.ts";

/** Throws `rate.limited` when `retryAfter`, the answer of a budget, is not null. */
export function within(retryAfter: number | null): void {
  if (retryAfter !== null) refuse("rate.limited", { retryAfter });
}

/** Counts the requests of an address for pages and files, before a file is looked up. */
export const limitPages =
  ({ budgets }: Pick<RouteDeps, "budgets">): Middleware =>
  (ctx, next) => {
    within(budgets.ofAddress("page", ctx.ip));
    return next();
  };
