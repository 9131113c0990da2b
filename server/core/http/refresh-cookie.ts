import type { Context } from "koa";
import { refuse } from "../../kernel/errors.ts";
import { SESSION_MS } from "../domain/accounts/session-end.ts";

/** The cookie of a browser's refresh token. */
export interface RefreshCookie {
  /** The token that the browser sent; null without one. */
  token: string | null;
  /** Sets the cookie with the reply. Null deletes it. */
  write(token: string | null): void;
}

/**
 * The path of the cookie on plain HTTP. With HTTPS the prefix `__Host-` requires the path `/` (RFC 6265bis, 4.1.3.2).
 */
const PATH = "/api/auth";

/** The front ends that run in a browser. They name themselves in `X-Front`; both have a cookie of their own. */
const browserFronts: readonly string[] = ["console", "h5"];

/**
 * The refresh cookie of a call; null for clients that keep the token themselves, such as the mini-program. The custom
 * header `X-Front` makes a browser ask before it sends the call for another site, and no other site is allowed to.
 * Throws `auth.foreign_page` for a call that another site's page made all the same.
 */
export function refreshCookieOf(ctx: Context, publicUrl: string): RefreshCookie | null {
  const front = ctx.get("X-Front");
  if (!browserFronts.includes(front)) return null;
  if (!isOwnPage(ctx, publicUrl)) refuse("auth.foreign_page");
  const secure = publicUrl.startsWith("https://");
  const name = `${secure ? "__Host-" : ""}dxe_${front}`;
  const attributes = `Path=${secure ? "/" : PATH}; HttpOnly; SameSite=Strict${secure ? "; Secure" : ""}`;
  return {
    token: ctx.cookies.get(name) ?? null,
    write(token) {
      const age = token === null ? 0 : SESSION_MS / 1_000;
      ctx.append("Set-Cookie", `${name}=${token ?? ""}; Max-Age=${age}; ${attributes}`);
    },
  };
}

/** Whether the call was made by a page of this server, as far as the browser says. Programs say nothing. */
function isOwnPage(ctx: Context, publicUrl: string): boolean {
  const site = ctx.get("Sec-Fetch-Site");
  if (site && site !== "same-origin") return false;
  const origin = ctx.get("Origin");
  return !origin || origin === new URL(publicUrl).origin || origin.replace(/^https?:\/\//, "") === ctx.get("Host");
}
