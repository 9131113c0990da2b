import helmet from "koa-helmet";
import type { Middleware } from "koa";
import { staticHeaders } from "./static-headers.ts";

/**
 * For how long a browser comes back by https only, seconds: a year. Of this host alone; others of the domain are not
 * ours to promise for.
 */
const HTTPS_ONLY = "max-age=31536000";

/**
 * What no page of ours uses: whatever got in could not use it either. Photos are taken by a file field, which needs
 * none of it.
 */
const unused = ["camera", "display-capture", "geolocation", "microphone", "midi", "payment", "serial", "usb"];

/**
 * What browsers may do with a page of ours. Trusted Types are not required of scripts: antd, Taro and Swagger UI set
 * innerHTML by themselves, and stop working (tried).
 */
const ofPages = helmet({
  contentSecurityPolicy: {
    // All of it is written here: helmet's own defaults let styles and typefaces come from anywhere.
    useDefaults: false,
    directives: {
      "default-src": ["'self'"],
      "script-src": ["'self'"],
      "script-src-attr": ["'none'"],
      // Both fronts and the documentation set styles from script, one by one; a nonce would have to be in every page.
      "style-src": ["'self'", "'unsafe-inline'"],
      // A photo to upload is read from a blob of the page.
      "connect-src": ["'self'", "blob:"],
      "img-src": ["'self'", "data:", "blob:"],
      // The signs of Taro's components are a typeface in their style sheet.
      "font-src": ["'self'", "data:"],
      "object-src": ["'none'"],
      "frame-src": ["'none'"],
      "base-uri": ["'none'"],
      "form-action": ["'self'"],
      "frame-ancestors": ["'none'"],
    },
  },
  // Beside frame-ancestors, for browsers that do not know it.
  xFrameOptions: { action: "deny" },
  // Addresses have ids of requests and codes of invitations in them.
  referrerPolicy: { policy: "no-referrer" },
  strictTransportSecurity: false,
});

/**
 * What browsers may do with data: take it as what it says it is, for pages of ours; opened by itself it loads and
 * runs nothing. What a browser is told of pages besides means nothing here (OWASP, REST Security Cheat Sheet), and
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
 * Headers that tell a browser what it may do with our replies. `behindProxy`: TLS ends at a proxy of ours, and a
 * caller that came to it by https is told to come by https from now on; over plain http it must not be told (RFC
 * 6797, 7.2).
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
