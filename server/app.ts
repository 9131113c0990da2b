import etag from "@koa/etag";
import Koa from "koa";
import conditionalGet from "koa-conditional-get";
import { accessLog } from "./http/middlewares/access-log.ts";
import { addressed } from "./http/middlewares/addressed.ts";
import { compression } from "./http/middlewares/compression.ts";
import { errors } from "./http/middlewares/errors.ts";
import { securityHeaders } from "./http/middlewares/security-headers.ts";
import { openApiDocument } from "./http/openapi.ts";
import { docs, fronts } from "./http/pages.ts";
import { createRouter, unknownRoute } from "./http/router.ts";
import { accountRoutes } from "./http/routes/account.ts";
import { sessionRoutes } from "./http/routes/sessions.ts";
import { nearRoutes } from "./http/routes/near.ts";
import { transferRoutes } from "./http/routes/transfer.ts";
import { behalfRoutes } from "./http/routes/behalf.ts";
import { calendarRoutes } from "./http/routes/calendar.ts";
import { callbackRoutes } from "./http/routes/callback.ts";
import { clockRoutes } from "./http/routes/clock.ts";
import { coHandlingRoutes } from "./http/routes/co-handling.ts";
import { communityRoutes } from "./http/routes/community.ts";
import { dispatchRoutes } from "./http/routes/dispatch.ts";
import { buildingRoutes } from "./http/routes/buildings.ts";
import { catalogueRoutes } from "./http/routes/catalogue.ts";
import { communitySettingsRoutes } from "./http/routes/community-settings.ts";
import { peopleRoutes } from "./http/routes/people.ts";
import { invitationRoutes } from "./http/routes/invitations.ts";
import { handoverRoutes } from "./http/routes/handover.ts";
import { auditRoutes } from "./http/routes/audit.ts";
import { dutyProofRoutes } from "./http/routes/duty-proof.ts";
import { exportRoutes } from "./http/routes/exports.ts";
import { figuresRoutes } from "./http/routes/figures.ts";
import { complaintRoutes } from "./http/routes/complaints.ts";
import { fileRoutes } from "./http/routes/files.ts";
import { ownAccountRoutes } from "./http/routes/own-account.ts";
import { ownDataRoutes } from "./http/routes/own-data.ts";
import { platformRoutes } from "./http/routes/platform.ts";
import { notifyRoutes } from "./http/routes/notify.ts";
import { recordRoutes } from "./http/routes/record.ts";
import { requestRoutes } from "./http/routes/requests.ts";
import { revealRoutes } from "./http/routes/reveal.ts";
import { templateRoutes } from "./http/routes/templates.ts";
import { weChatPush } from "./http/wechat-push.ts";
import { leaveRoutes } from "./http/routes/leaves.ts";
import { rosterRoutes } from "./http/routes/roster.ts";
import type { Answered } from "./operations/metrics.ts";
import type { Deps } from "./ports.ts";
import type { PushReader } from "./wechat/push-reader.ts";

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
    ...behalfRoutes,
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
    ...complaintRoutes,
    ...figuresRoutes,
    ...exportRoutes,
    ...auditRoutes,
    ...revealRoutes,
    ...buildingRoutes,
    ...invitationRoutes,
    ...peopleRoutes,
    ...communitySettingsRoutes,
    ...catalogueRoutes,
  };
  app.use(addressed);
  app.use(accessLog(deps.log, options.logRequests ? "info" : "debug", options.answered));
  app.use(securityHeaders(options.behindProxy ?? false));
  app.use(compression());
  app.use(errors(deps.log));
  if (options.push) app.use(weChatPush(deps, options.push));
  app.use(createRouter({ deps, handlers, checkReplies: options.checkReplies }));
  app.use(unknownRoute);
  // What comes below may be kept, and is answered with 304 to whoever has it; replies of the API are `no-store`.
  app.use(conditionalGet());
  // Weak: a reply is the same one compressed or not.
  app.use(etag({ weak: true }));
  app.use(docs(openApiDocument(options.version)));
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
