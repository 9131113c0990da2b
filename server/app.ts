import etag from "@koa/etag";
import Koa from "koa";
import conditionalGet from "koa-conditional-get";
import { accessLog } from "./kernel/http/access-log.ts";
import { requirePath } from "./kernel/http/require-path.ts";
import { compression } from "./kernel/http/compression.ts";
import { errors } from "./kernel/http/errors.ts";
import { securityHeaders } from "./kernel/http/security-headers.ts";
import { maskNumbers } from "./core/domain/privacy/mask.ts";
import { errorMessageOf } from "./error-table.ts";
import { openApiDocument } from "./core/http/openapi.ts";
import { docs, fronts } from "./core/http/pages.ts";
import { createRouter, unknownRoute } from "./core/http/router.ts";
import { accountRoutes } from "./core/routes/accounts/account.ts";
import { sessionRoutes } from "./core/routes/accounts/sessions.ts";
import { nearRoutes } from "./core/routes/requests/near.ts";
import { transferRoutes } from "./core/routes/requests/transfer.ts";
import { proxyFilingRoutes } from "./core/routes/requests/proxy-filing.ts";
import { calendarRoutes } from "./core/routes/community/calendar.ts";
import { callbackRoutes } from "./core/routes/requests/callback.ts";
import { clockRoutes } from "./core/routes/requests/clock.ts";
import { coHandlingRoutes } from "./modules/co-handling/routes/co-handling.ts";
import { communityRoutes } from "./core/routes/community/community.ts";
import { dispatchRoutes } from "./core/routes/requests/dispatch.ts";
import { buildingRoutes } from "./core/routes/community/buildings.ts";
import { catalogueRoutes } from "./core/routes/community/catalogue.ts";
import { communitySettingsRoutes } from "./core/routes/community/community-settings.ts";
import { peopleRoutes } from "./core/routes/people/people.ts";
import { invitationRoutes } from "./core/routes/people/invitations.ts";
import { handoverRoutes } from "./core/routes/duty/handover.ts";
import { auditRoutes } from "./core/routes/audit/audit.ts";
import { dutyProofRoutes } from "./core/routes/duty/duty-proof.ts";
import { moduleRoutes } from "./modules/index.ts";
import { fileRoutes } from "./core/routes/files/files.ts";
import { ownAccountRoutes } from "./core/routes/accounts/own-account.ts";
import { ownDataRoutes } from "./core/routes/accounts/own-data.ts";
import { platformRoutes } from "./core/routes/community/platform.ts";
import { notifyRoutes } from "./core/routes/notify/notify.ts";
import { recordRoutes } from "./core/routes/requests/record.ts";
import { requestRoutes } from "./core/routes/requests/requests.ts";
import { revealRoutes } from "./core/routes/audit/reveal.ts";
import { templateRoutes } from "./core/routes/community/templates.ts";
import { weChatPush } from "./core/http/wechat-push.ts";
import { leaveRoutes } from "./core/routes/roster/leaves.ts";
import { rosterRoutes } from "./core/routes/roster/roster.ts";
import type { Answered } from "./kernel/http/access-log.ts";
import type { Deps } from "./deps.ts";
import type { PushReader } from "./adapters/wechat/push-reader.ts";

export interface AppOptions {
  /** Check replies against the contract: in tests and development. */
  checkReplies: boolean;
  /** Each request is a line of the log: in production. */
  logRequests?: boolean;
  /** Counts each request that was answered. */
  answered?: (answered: Answered) => void;
  /** Reads what WeChat pushes; without it there is no push endpoint. */
  push?: PushReader;
  /** Folders of the built fronts; without them only the API is served. */
  fronts?: { h5: string; console: string };
  /** Take the caller's address from `X-Forwarded-For`: behind a proxy of ours only. */
  behindProxy?: boolean;
  version: string;
}

/** The application on its ports. It never listens: `app.callback()` goes to an HTTP server. */
export function createApp(deps: Deps, options: AppOptions): Koa {
  const app = new Koa({
    proxy: options.behindProxy ?? false,
    // Only the last address is our proxy's word; what stands before it, the caller may have written.
    maxIpsCount: 1,
  });
  const handlers = {
    ...accountRoutes,
    ...sessionRoutes,
    ...communityRoutes,
    ...calendarRoutes,
    ...rosterRoutes,
    ...leaveRoutes,
    ...dutyProofRoutes,
    ...requestRoutes,
    ...proxyFilingRoutes,
    ...callbackRoutes,
    ...nearRoutes,
    ...transferRoutes,
    ...clockRoutes,
    ...coHandlingRoutes,
    ...templateRoutes,
    ...dispatchRoutes,
    ...handoverRoutes,
    ...recordRoutes,
    ...notifyRoutes,
    ...fileRoutes,
    ...platformRoutes,
    ...ownAccountRoutes,
    ...ownDataRoutes,
    ...moduleRoutes,
    ...auditRoutes,
    ...revealRoutes,
    ...buildingRoutes,
    ...invitationRoutes,
    ...peopleRoutes,
    ...communitySettingsRoutes,
    ...catalogueRoutes,
  };
  app.use(requirePath);
  app.use(
    accessLog({
      log: deps.log,
      level: options.logRequests ? "info" : "debug",
      mask: maskNumbers,
      answered: options.answered,
    }),
  );
  app.use(securityHeaders(options.behindProxy ?? false));
  app.use(compression());
  app.use(errors(deps.log, errorMessageOf));
  if (options.push) app.use(weChatPush(deps, options.push));
  app.use(createRouter({ deps, handlers, checkReplies: options.checkReplies }));
  app.use(unknownRoute);
  // What comes below may be kept, and is answered with 304 to whoever has it; replies of the API are `no-store`.
  app.use(conditionalGet());
  // Weak: a reply is the same one compressed or not.
  app.use(etag({ weak: true }));
  app.use(docs(openApiDocument(options.version, errorMessageOf)));
  if (options.fronts) {
    app.use(
      fronts([
        { prefix: "/console/", root: options.fronts.console },
        { prefix: "/", root: options.fronts.h5 },
      ]),
    );
  }
  app.on("error", (error: NodeJS.ErrnoException) => {
    // A caller that hangs up in the middle of a reply, or does not speak HTTP, is no fault of ours.
    const theirs = error.code === "ECONNRESET" || error.code === "EPIPE" || error.code?.startsWith("HPE_");
    if (!theirs) deps.log.error({ err: error }, "reply failed");
  });
  return app;
}
