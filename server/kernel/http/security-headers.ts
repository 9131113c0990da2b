import helmet from "koa-helmet";
import type { Middleware } from "koa";
import { staticHeaders } from "./static-headers.ts";

/**
 * For how long a browser uses https only, in seconds: a year. Only for this host, since other hosts of the domain may
 * be somebody else's.
 */
const HTTPS_ONLY = "max-age=31536000";

/**
 * Features that our pages do not use, forbidden so that injected code cannot use them either. Photos are taken through
 * a file input, which needs none of them.
 */
const unused = ["camera", "display-capture", "geolocation", "microphone", "midi", "payment", "serial", "usb"];

/**
 * Headers of our pages. Trusted Types are not required: antd, Taro and Swagger UI set innerHTML and would stop working
 * (tried).
 */
const ofPages = helmet({
  contentSecurityPolicy: {
    // All directives are listed here, since helmet's defaults allow styles and fonts from any origin.
    useDefaults: false,
    directives: {
      "default-src": ["'self'"],
      "script-src": ["'self'"],
      "script-src-attr": ["'none'"],
      // Both front ends and the documentation set inline styles from scripts. A nonce would have to be in every page.
      "style-src": ["'self'", "'unsafe-inline'"],
      // A photo to upload is read from a blob URL of the page.
      "connect-src": ["'self'", "blob:"],
      "img-src": ["'self'", "data:", "blob:"],
      // The icons of Taro's components are a font in their style sheet.
      "font-src": ["'self'", "data:"],
      "object-src": ["'none'"],
      "frame-src": ["'none'"],
      "base-uri": ["'none'"],
      "form-action": ["'self'"],
      "frame-ancestors": ["'none'"],
    },
  },
  // In addition to frame-ancestors, for browsers that do not know it.
  xFrameOptions: { action: "deny" },
  // URLs contain ids of requests and codes of invitations.
  referrerPolicy: { policy: "no-referrer" },
  strictTransportSecurity: false,
});

/**
 * Headers of data replies: the declared type counts, only our pages may use them, and a reply that is opened directly
 * loads and runs nothing. The other headers of pages have no meaning for data (OWASP, REST Security Cheat Sheet) and
 * would be half of a short reply.
 */
const ofData = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { "default-src": ["'none'"], "frame-ancestors": ["'none'"] },
  },
  xFrameOptions: { action: "deny" },
  ...{
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    referrerPolicy: false,
    strictTransportSecurity: false,
  },
  ...{ xDnsPrefetchControl: false, xDownloadOptions: false, xPermittedCrossDomainPolicies: false },
  ...{ xPoweredBy: false, xXssProtection: false },
});

const isData = (path: string): boolean => path.startsWith("/api/") && !path.startsWith("/api/docs");

/**
 * Security headers of all replies. `behindProxy`: TLS ends at our proxy. A caller that reached the proxy by https is
 * told to use https only. Over plain http that header must not be sent (RFC 6797, 7.2).
 */
export function securityHeaders(behindProxy: boolean): Middleware {
  const data = staticHeaders(ofData);
  const pages = staticHeaders(async (ctx, next) => {
    ctx.set("Permissions-Policy", unused.map((feature) => `${feature}=()`).join(", "));
    return ofPages(ctx, next);
  });
  return (ctx, next) => {
    if (behindProxy && ctx.secure) ctx.res.setHeader("Strict-Transport-Security", HTTPS_ONLY);
    return isData(ctx.path) ? data(ctx, next) : pages(ctx, next);
  };
}
