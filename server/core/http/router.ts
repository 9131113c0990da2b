import type { IdempotencyRecord } from "../../kernel/idempotency.ts";
import { isDeepStrictEqual } from "node:util";
import findMyWay from "find-my-way";
import type { Context, Middleware } from "koa";
import type { z } from "zod";
import { type OpKey, type Operation, operations } from "../../../contract/index.ts";
import { budgetOf, isNeverCompressed } from "../../../contract/operation.ts";
import type { Actor } from "../../kernel/actor.ts";
import { deviceOf, fronts } from "../domain/accounts/device.ts";
import { DomainError, refuse } from "../../kernel/errors.ts";
import { maskFreeText } from "../domain/privacy/free-text.ts";
import { validationMessage } from "../../kernel/http/validation-messages.ts";
import { type RefreshCookie, refreshCookieOf } from "./refresh-cookie.ts";
import type { RouteDeps } from "./route-deps.ts";
import { within } from "./within-budget.ts";
import type { LoginFrom } from "../usecases/accounts/open-session.ts";
import { assertFreshlyAuthenticated } from "../usecases/accounts/reauthenticate.ts";
import { resolveCaller } from "../usecases/accounts/resolve-caller.ts";
import type { Call, FileReply, Handlers } from "./handler.ts";
import { readJson, readUpload } from "../../kernel/http/read-body.ts";

/** The arguments of {@link createRouter}. */
export interface RouterOptions<Deps extends RouteDeps> {
  deps: Deps;
  handlers: Handlers<OpKey, Deps>;
  /** Whether replies are also checked against the contract, as in tests and development. */
  checkReplies: boolean;
}

type AnyHandler = (call: Call<OpKey, unknown>) => Promise<unknown>;

/** Routes for all operations of the contract: access, validation, handler, reply. */
export function createRouter<Deps extends RouteDeps>({
  deps,
  handlers,
  checkReplies,
}: RouterOptions<Deps>): Middleware {
  // A radix tree: the cost of a look-up does not grow with the number of operations.
  const router = findMyWay({ ignoreTrailingSlash: true, maxParamLength: 1_000 });
  for (const [key, operation] of Object.entries(operations) as [OpKey, Operation][]) {
    const [method, path] = key.split(" ") as [string, string];
    const budget = budgetOf(key, operation);
    const handler = handlers[key] as unknown as AnyHandler;
    const neverCompressed = isNeverCompressed(operation);
    const answer: Answer = async (ctx) => {
      ctx.state["route"] = path;
      if (neverCompressed) ctx.compress = false;
      // Counted before anything is read, so that a flood of bad tokens costs only a count.
      within(deps.budgets.ofAddress(budget, ctx.ip));
      const { actor, sessionId, authenticatedAt } = await authenticate(deps, ctx);
      if (actor) ctx.state["userId"] = actor.userId;
      if (actor) within(deps.budgets.ofUser(budget, actor.userId));
      allow(operation, actor);
      if (operation.reauthentication) assertFreshlyAuthenticated(deps, authenticatedAt);
      const refreshCookie = operation.refreshCookie ? refreshCookieOf(ctx, deps.publicUrl()) : null;
      const upload = operation.upload ? { bytes: await readUpload(ctx.req) } : null;
      // Before anything reads it. What is declared as an upload is scanned, whichever route takes it.
      if (upload) await deps.scanner.check(upload.bytes, { userId: actor?.userId ?? null, route: path });
      const body = operation.body || operation.idempotent ? await jsonBody(ctx, operation) : undefined;
      const asked = check(operation.body, body, "body");
      const call = {
        deps,
        actor,
        sessionId,
        authenticatedAt,
        params: check(operation.params, ctx.params, "path"),
        query: check(operation.query, { ...ctx.query }, "query"),
        // Masked first, so that no phone or ID number is stored, sent or searched.
        body: maskFreeText(asked),
        // Computed from the parsed body, since the raw body may be nested too deep to be walked.
        idempotency: operation.idempotent ? idempotencyOf(deps, ctx, key, actor, asked) : null,
        address: ctx.ip,
        from: () => loginFrom(ctx, sessionId ?? sessionOf(deps, refreshCookie)),
        refreshCookie,
        upload,
      };
      const result = await handler(call as unknown as Call<OpKey, unknown>);
      reply(ctx, operation, result, checkReplies ? key : null);
    };
    router.on(method === "GET" ? ["GET", "HEAD"] : (method as findMyWay.HTTPMethod), path, () => undefined, answer);
  }
  return async (ctx, next) => {
    const found = router.find(ctx.method as findMyWay.HTTPMethod, ctx.path);
    if (!found) return next();
    return (found.store as Answer)(Object.assign(ctx, { params: found.params }));
  };
}

type RoutedContext = Context & { params: Record<string, string | undefined> };
type Answer = (ctx: RoutedContext) => Promise<void>;

async function jsonBody(ctx: Context, operation: Operation): Promise<unknown> {
  return operation.upload ? {} : readJson(ctx.req);
}

type Caller = Pick<Call<"GET /api/communities">, "actor" | "sessionId" | "authenticatedAt">;

/** The caller. An invalid token is refused also by public operations, so that a client refreshes it. */
async function authenticate(deps: RouteDeps, ctx: Context): Promise<Caller> {
  const header = ctx.get("Authorization");
  if (!header) return { actor: null, sessionId: null, authenticatedAt: null };
  const { actor, sessionId, claims } = await resolveCaller(deps, header.replace(/^Bearer /i, ""));
  return { actor, sessionId, authenticatedAt: claims.authenticatedAt };
}

/** The session whose refresh token the browser keeps. */
const sessionOf = ({ tokens }: RouteDeps, cookie: RefreshCookie | null): string | null =>
  (cookie?.token ? tokens.readRefresh(cookie.token)?.sessionId : null) ?? null;

/** The device and front end of a login. Our front ends name themselves in `X-Front`. */
function loginFrom(ctx: Context, sessionId: string | null): LoginFrom {
  const front = ctx.get("X-Front");
  return {
    ...{ device: deviceOf(ctx.get("User-Agent")), address: ctx.ip, sessionId },
    front: fronts.find((known) => known === front) ?? null,
  };
}

function allow(operation: Operation, actor: Actor | null): void {
  if (operation.access === "anyone") return;
  if (!actor) refuse("auth.required");
  if (operation.access !== "user" && !(operation.access as readonly string[]).includes(actor.role)) {
    refuse("auth.forbidden", { needs: [...operation.access] });
  }
}

/** Validates one part of the call and drops unknown keys. Throws `input.invalid` with the invalid fields. */
function check(schema: z.ZodType | undefined, value: unknown, part: string): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(value, { error: validationMessage });
  if (result.success) return result.data;
  const issues = result.error.issues.map(({ path, message }) => ({
    field: path.map(String).join(".") || part,
    message,
  }));
  return refuse("input.invalid", {
    summary: issues.map(({ field, message }) => `${field} ${message}`).join("；"),
    issues,
  });
}

/** The idempotency record of the call, from the `Idempotency-Key` header. Keys are separate per caller. */
function idempotencyOf(
  deps: RouteDeps,
  ctx: Context,
  key: OpKey,
  actor: Actor | null,
  body: unknown,
): IdempotencyRecord | null {
  const header = ctx.get("Idempotency-Key");
  if (!header) return null;
  if (!/^[\w-]{8,100}$/.test(header)) refuse("idempotency.key_invalid");
  const asked = JSON.stringify([key, (ctx as Context & { params: unknown }).params, body ?? {}]);
  // The hash is keyed: a plain hash of a body with a phone or room number could be reversed by trying all numbers.
  return {
    key: `${actor?.userId ?? ""}:${header}`,
    bodyHash: deps.keys.blindIndex("asked", asked),
    otherHashes: deps.keys.blindIndexes("asked", asked).map(({ index }) => index),
  };
}

function reply(ctx: Context, operation: Operation, result: unknown, key: OpKey | null): void {
  if (operation.reply === "none") {
    ctx.status = 204;
    return;
  }
  if (operation.reply === "file") {
    const file = result as FileReply;
    if (file.name) ctx.attachment(file.name, { fallback: file.name.replaceAll(/[^ -~]+/g, "_") });
    ctx.type = file.type;
    ctx.length = file.bytes;
    ctx.set("Cache-Control", file.name ? "no-store" : "private, max-age=600, immutable");
    ctx.body = file.body;
    return;
  }
  ctx.status = operation.status ?? 200;
  ctx.res.setHeader("Cache-Control", "no-store");
  ctx.res.setHeader("Content-Type", "application/json; charset=utf-8");
  const text = JSON.stringify(key ? checked(operation.reply, result, key) : result);
  // Node sends a string together with the headers in one piece. A text with Chinese is sent as bytes, since Node would
  // otherwise encode the headers in the text's encoding, too.
  ctx.body = Buffer.byteLength(text) === text.length ? text : Buffer.from(text);
}

/**
 * Checks a reply against the contract. An undeclared field is an error as well, since this caller might not be allowed
 * to see it. Dates are compared as JSON.
 */
function checked(schema: z.ZodType, result: unknown, key: OpKey): unknown {
  const json = JSON.parse(JSON.stringify(result)) as unknown;
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new Error(`${key} replied off the contract: ${parsed.error.message}`);
  if (!isDeepStrictEqual(parsed.data, json))
    throw new Error(`${key} replied more than the contract: ${JSON.stringify(json)}`);
  return json;
}

/** Throws `route.unknown` for a path under `/api` that no route has answered. */
export const unknownRoute: Middleware = async (ctx, next) => {
  await next();
  if (ctx.path.startsWith("/api/") && ctx.body === undefined && ctx.status === 404)
    throw new DomainError("route.unknown");
};
