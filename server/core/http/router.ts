import type { Intent } from "../../kernel/idempotency.ts";
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
import { inputWords } from "../../kernel/http/input-words.ts";
import type { RouteDeps } from "./route-deps.ts";
import type { LoginFrom } from "../usecases/accounts/open-session.ts";
import { whoCalls } from "../usecases/accounts/who-calls.ts";
import type { Call, FileReply, Handlers } from "./handler.ts";
import { readJson, readUpload } from "../../kernel/http/read-body.ts";

export interface RouterOptions<Deps extends RouteDeps> {
  deps: Deps;
  handlers: Handlers<OpKey, Deps>;
  /** Replies are checked against the contract too: in tests and development. */
  checkReplies: boolean;
}

type AnyHandler = (call: Call<OpKey, unknown>) => Promise<unknown>;

/** One route for each operation of the contract: who may call, validation, handler, reply. */
export function createRouter<Deps extends RouteDeps>({
  deps,
  handlers,
  checkReplies,
}: RouterOptions<Deps>): Middleware {
  // A tree of paths: what one request costs does not grow with the number of operations.
  const router = findMyWay({ ignoreTrailingSlash: true, maxParamLength: 1_000 });
  for (const [key, operation] of Object.entries(operations) as [OpKey, Operation][]) {
    const [method, path] = key.split(" ") as [string, string];
    const budget = budgetOf(key, operation);
    const handler = handlers[key] as unknown as AnyHandler;
    const neverCompressed = isNeverCompressed(operation);
    const answer: Answer = async (ctx) => {
      ctx.state["route"] = path;
      if (neverCompressed) ctx.compress = false;
      // Before anything is read: a flood of bad tokens costs no more than a count.
      within(deps.budgets.ofAddress(budget, ctx.ip));
      const { actor, sessionId } = await authenticate(deps, ctx);
      if (actor) within(deps.budgets.ofUser(budget, actor.userId));
      allow(operation, actor);
      const upload = operation.upload ? { bytes: await readUpload(ctx.req) } : null;
      const body = operation.body || operation.idempotent ? await jsonBody(ctx, operation) : undefined;
      const asked = check(operation.body, body, "body");
      const call = {
        deps,
        actor,
        sessionId,
        params: check(operation.params, ctx.params, "path"),
        query: check(operation.query, { ...ctx.query }, "query"),
        // Masked before anything else sees it, so that no number is stored, sent or searched.
        body: maskFreeText(asked),
        // Of what is asked for, not of what came with it: that may be nested deeper than anything can walk.
        intent: operation.idempotent ? intentOf(deps, ctx, key, actor, asked) : null,
        address: ctx.ip,
        from: () => loginFrom(ctx, sessionId),
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

/** Who calls. A token that is not valid is an error also where none is needed, so that a client learns to refresh it. */
async function authenticate(deps: RouteDeps, ctx: Context): Promise<{ actor: Actor | null; sessionId: string | null }> {
  const header = ctx.get("Authorization");
  if (!header) return { actor: null, sessionId: null };
  return whoCalls(deps, header.replace(/^Bearer /i, ""));
}

/** Our fronts say which they are in `X-Front`. */
function loginFrom(ctx: Context, sessionId: string | null): LoginFrom {
  const front = ctx.get("X-Front");
  return { device: deviceOf(ctx.get("User-Agent")), front: fronts.find((known) => known === front) ?? null, sessionId };
}

/** Throws `rate.limited` unless the call is within the budget. */
function within(retryAfter: number | null): void {
  if (retryAfter !== null) refuse("rate.limited", { retryAfter });
}

function allow(operation: Operation, actor: Actor | null): void {
  if (operation.access === "anyone") return;
  if (!actor) refuse("auth.required");
  if (operation.access !== "user" && !(operation.access as readonly string[]).includes(actor.role)) {
    refuse("auth.forbidden", { needs: [...operation.access] });
  }
}

/** Validates one part; unknown keys are dropped. Throws `input.invalid` with the fields at fault. */
function check(schema: z.ZodType | undefined, value: unknown, part: string): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(value, { error: inputWords });
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

/** The caller's intent, from the `Idempotency-Key` header. Keys of different callers are different intents. */
function intentOf(deps: RouteDeps, ctx: Context, key: OpKey, actor: Actor | null, body: unknown): Intent | null {
  const header = ctx.get("Idempotency-Key");
  if (!header) return null;
  if (!/^[\w-]{8,100}$/.test(header)) refuse("idempotency.key_invalid");
  const asked = JSON.stringify([key, (ctx as Context & { params: unknown }).params, body ?? {}]);
  // A keyed hash: of a body with a phone or a room in it, a plain one is undone by trying all there are.
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
  // Node joins a text to the headers and sends one piece; with Chinese in it as bytes, since it would encode the headers as if they were Chinese, too.
  ctx.body = Buffer.byteLength(text) === text.length ? text : Buffer.from(text);
}

/**
 * A reply that breaks the contract is a fault of ours, and so is one that says more than the contract: what is not declared might
 * be what this caller must not see. Dates are compared as the JSON that they become.
 */
function checked(schema: z.ZodType, result: unknown, key: OpKey): unknown {
  const json = JSON.parse(JSON.stringify(result)) as unknown;
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new Error(`${key} replied off the contract: ${parsed.error.message}`);
  if (!isDeepStrictEqual(parsed.data, json))
    throw new Error(`${key} replied more than the contract: ${JSON.stringify(json)}`);
  return json;
}

/** Refuses what no route answered under `/api`. */
export const unknownRoute: Middleware = async (ctx, next) => {
  await next();
  if (ctx.path.startsWith("/api/") && ctx.body === undefined && ctx.status === 404)
    throw new DomainError("route.unknown");
};
