import type { Middleware } from "koa";
import type { RouteDeps } from "./route-deps.ts";
import { within } from "./within-budget.ts";
import { receivePush } from "../usecases/notify/receive-push.ts";
import { readBytes } from "../../kernel/http/read-body.ts";
import type { PushReader } from "../../adapters/wechat/push-reader.ts";

const PATH = "/api/wechat/push";
/** A generous limit, since WeChat's events have a few hundred bytes. */
const MAX_BYTES = 64 * 1024;

/**
 * The endpoint to which WeChat pushes events. It is not in the contract, since only WeChat calls it, in its own
 * formats. An event that could not be handled is answered with 500, so that WeChat pushes it again (three times, after
 * 5 s each).
 */
export function weChatPush(deps: RouteDeps, reader: PushReader): Middleware {
  return async (ctx, next) => {
    if (ctx.path !== PATH) return next();
    within(deps.budgets.ofAddress("push", ctx.ip));
    ctx.type = "text/plain";
    if (ctx.method === "GET") {
      const signed = reader.isSigned(ctx.query);
      ctx.status = signed ? 200 : 403;
      ctx.body = signed ? String(ctx.query["echostr"] ?? "") : "signature";
      return;
    }
    const body = ctx.method === "POST" ? await readBytes(ctx.req, MAX_BYTES).catch(() => null) : null;
    if (!body) {
      ctx.status = 400;
      return;
    }
    const event = reader.read(ctx.query, body.toString("utf8"));
    if (event === "forged") {
      ctx.status = 403;
      ctx.body = "signature";
      return;
    }
    if (event) await receivePush(deps, event);
    ctx.body = "success";
  };
}
