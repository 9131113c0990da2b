import etag from "@koa/etag";
import Koa from "koa";
import conditionalGet from "koa-conditional-get";
import { accessLog } from "./kernel/http/access-log.ts";
import { type KnowsHost, requireHost } from "./kernel/http/known-hosts.ts";
import { limitTarget } from "./kernel/http/limit-target.ts";
import { requirePath } from "./kernel/http/require-path.ts";
import { compression } from "./kernel/http/compression.ts";
import { errors } from "./kernel/http/errors.ts";
import { securityHeaders } from "./kernel/http/security-headers.ts";
import { maskAddress, maskNumbers } from "./core/domain/privacy/mask.ts";
import { errorMessageOf } from "./error-table.ts";
import { openApiDocument } from "./core/http/openapi.ts";
import { docs, fronts } from "./core/http/pages.ts";
import { limitPages } from "./core/http/within-budget.ts";
import { createRouter, unknownRoute } from "./core/http/router.ts";
import { accountRoutes } from "./core/routes/accounts/account.ts";
import { sessionRoutes } from "./core/routes/accounts/sessions.ts";
import { nearRoutes } from "./core/routes/requests/near.ts";
import { transferRoutes } from "./core/routes/requests/transfer.ts";
import { proxyFilingRoutes } from "./core/routes/requests/proxy-filing.ts";
import { calendarRoutes } from "./core/routes/community/calendar.ts";
import { callbackRoutes } from "./core/routes/requests/callback.ts";
import { clockRoutes } from "./core/routes/requests/clock.ts";
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
  /** Checks each reply against its schema in the contract; for tests and development. */
  checkReplies: boolean;
  /** Logs each request at level `info`; for production. Otherwise at `debug`. */
  logRequests?: boolean;
  /** Counts each answered request. */
  answered?: (answered: Answered) => void;
  /** Reads WeChat's push messages. Without it there is no push endpoint. */
  push?: PushReader;
  /** Folders of the built front ends. Without them only the API is served. */
  fronts?: { h5: string; console: string };
  /** Takes the caller's address from `X-Forwarded-For`. Only for a server behind our own proxy. */
  behindProxy?: boolean;
  /** Which hosts are answered; without it any: what is behind a proxy of ours has had its host checked there. */
  hosts?: KnowsHost | null;
  /** Whether the API's documentation is served. Default: true. */
  apiDocs?: boolean;
  version: string;
}

/** Builds the Koa application on its ports. It does not listen: the caller hands `app.callback()` to an HTTP server. */
export function createApp(deps: Deps, options: AppOptions): Koa {
  const app = new Koa({
    proxy: options.behindProxy ?? false,
    // Our proxy appends the last address of the header. The caller may have forged the ones before it.
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
      maskAddress,
      answered: options.answered,
    }),
  );
  app.use(securityHeaders(options.behindProxy ?? false));
  app.use(compression());
  app.use(errors(deps.log, errorMessageOf));
  app.use(limitTarget);
  if (options.hosts) app.use(requireHost(options.hosts));
  if (options.push) app.use(weChatPush(deps, options.push));
  app.use(createRouter({ deps, handlers, checkReplies: options.checkReplies }));
  app.use(unknownRoute);
  app.use(limitPages(deps));
  // What comes below may be kept, and is answered with 304 to whoever has it; replies of the API are `no-store`.
  app.use(conditionalGet());
  // The tag is weak because a compressed and an uncompressed reply share it.
  app.use(etag({ weak: true }));
  if (options.apiDocs ?? true) app.use(docs(openApiDocument(options.version, errorMessageOf)));
  if (options.fronts) {
    app.use(
      fronts([
        { prefix: "/console/", root: options.fronts.console },
        { prefix: "/", root: options.fronts.h5 },
      ]),
    );
  }
  app.on("error", (error: NodeJS.ErrnoException) => {
    // A client that disconnects during a reply or sends invalid HTTP is no fault of the server.
    const theirs = error.code === "ECONNRESET" || error.code === "EPIPE" || error.code?.startsWith("HPE_");
    if (!theirs) deps.log.error({ err: error }, "reply failed");
  });
  return app;
}
