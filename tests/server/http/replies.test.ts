import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { errorMessageOf } from "../../../server/error-table.ts";
import Koa from "koa";
import { pino } from "pino";
import { afterAll, describe, expect, it } from "vitest";
import type { OpKey } from "../../../contract/index.ts";
import type { Handlers } from "../../../server/core/http/handler.ts";
import { errors } from "../../../server/kernel/http/errors.ts";
import { createRouter } from "../../../server/core/http/router.ts";
import { openWorld } from "../../support/world.ts";

const { deps } = await openWorld();
const logged: string[] = [];
const log = pino({ level: "error" }, { write: (line: string) => void logged.push(line) });

/** Starts a server with a handler whose reply violates the contract. */
async function serve(reply: unknown, checkReplies: boolean): Promise<string> {
  const handlers = { "GET /healthz": async () => reply } as unknown as Handlers<OpKey>;
  const app = new Koa().use(errors(log, errorMessageOf)).use(createRouter({ deps, handlers, checkReplies }));
  const server = createServer(app.callback()).listen(0, "127.0.0.1");
  afterAll(() => server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/healthz`;
}

describe("a reply off the contract", () => {
  it.each([
    ["with a wrong value", { ok: false }],
    ["without a key", {}],
    ["with a key that nobody declared", { ok: true, phone: "13800000000" }],
  ])("%s fails in tests and development, and the log says which", async (_what, reply) => {
    const response = await fetch(await serve(reply, true));
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ error: { code: "server.failed" } });
    expect(logged.at(-1)).toContain("GET /healthz replied");
  });

  it("is not looked for in production", async () => {
    expect(await (await fetch(await serve({ ok: true, more: 1 }, false))).json()).toEqual({ ok: true, more: 1 });
  });
});
