import { stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, resolve, sep } from "node:path";
import { send } from "@koa/send";
import type { Middleware } from "koa";

/**
 * A front end: the files under `root`, served below `prefix`. Every other path there gets the index page, for
 * client-side routes.
 */
interface Front {
  prefix: string;
  root: string;
}

const docsRoot = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));

const docsPage = `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>店小二 API</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="/api/docs/swagger-ui.css"></head><body><div id="ui"></div>
<script src="/api/docs/swagger-ui-bundle.js"></script><script src="/api/docs/start.js"></script></body></html>`;
const docsStart = `SwaggerUIBundle({ url: "/api/openapi.json", dom_id: "#ui", deepLinking: true });`;
const docsFiles = new Set(["swagger-ui.css", "swagger-ui-bundle.js"]);

/** The API's documentation at `/api/docs`, and the OpenAPI document at `/api/openapi.json`. */
export function docs(document: object): Middleware {
  const json = JSON.stringify(document);
  return async (ctx, next) => {
    if (ctx.path !== "/api/openapi.json" && !/^\/api\/docs(?:\/|$)/.test(ctx.path)) return next();
    ctx.vary("Accept-Encoding");
    if (ctx.path === "/api/openapi.json") {
      ctx.type = "json";
      ctx.body = json;
    } else if (ctx.path === "/api/docs" || ctx.path === "/api/docs/") {
      ctx.type = "html";
      ctx.body = docsPage;
    } else if (ctx.path === "/api/docs/start.js") {
      ctx.type = "js";
      ctx.body = docsStart;
    } else if (ctx.path.startsWith("/api/docs/") && docsFiles.has(ctx.path.slice("/api/docs/".length))) {
      await send(ctx, ctx.path.slice("/api/docs/".length), { root: docsRoot, maxage: 3_600_000 });
    }
    return undefined;
  };
}

/**
 * Serves the built front ends, longest prefix first. A client that accepts it gets the `.br` or `.gz` that the build
 * wrote beside a file (tools/precompress.ts). Files with a hash in their name are cached for a year; pages are
 * revalidated each time. Ranges are not served.
 */
export function fronts(list: readonly Front[]): Middleware {
  const sorted = list.toSorted((a, b) => b.prefix.length - a.prefix.length);
  return async (ctx, next) => {
    if (ctx.method !== "GET" && ctx.method !== "HEAD") return next();
    if (ctx.path.startsWith("/api/")) return next();
    const front = sorted.find(({ prefix }) => ctx.path.startsWith(prefix) || `${ctx.path}/` === prefix);
    if (!front) return next();
    if (`${ctx.path}/` === front.prefix) return ctx.redirect(front.prefix);
    const path = ctx.path.slice(front.prefix.length);
    const hashed = /[.-][\w-]{8,32}\.\w{1,5}$/.test(path);
    const found = await isFileIn(front.root, decode(path));
    if (!found && /\.\w{1,5}$/.test(path)) return next();
    if (!found && !(await isFileIn(front.root, "index.html"))) {
      ctx.status = 503;
      ctx.body = "页面还在构建，请稍后刷新；若一直如此，请在服务器上运行 npm run build。";
      return undefined;
    }
    ctx.vary("Accept-Encoding");
    await send(ctx, found ? path : "index.html", {
      root: front.root,
      ...(found && hashed ? { maxage: 31_536_000_000, immutable: true } : {}),
    });
    return undefined;
  };
}

const decode = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

/** Nothing outside of the folder is looked for, so that no reply tells which files are there. */
const isFileIn = async (folder: string, path: string): Promise<boolean> => {
  const file = resolve(folder, `.${sep}${path}`);
  if (!file.startsWith(resolve(folder) + sep)) return false;
  try {
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
};
