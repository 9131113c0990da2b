import { describe, expect, it } from "vitest";
import { openWorld } from "../../support/world.ts";

const demo = await openWorld({ app: { behindProxy: true } });
const real = await openWorld({ demo: false });

/** Calls with the `X-Forwarded-For` of a proxy. */
async function ask(base: string, from: string | null): Promise<{ accounts: number; code: unknown }> {
  const headers = { "content-type": "application/json", ...(from ? { "x-forwarded-for": from } : {}) };
  const accounts = await fetch(`${base}/api/demo/accounts`, { headers });
  const body = JSON.stringify({ phone: "13900000001" });
  const sent = await fetch(`${base}/api/auth/otp`, { method: "POST", body, headers });
  return { accounts: accounts.status, code: ((await sent.json()) as { demoCode?: string }).demoCode };
}

describe("demo accounts and their codes", () => {
  it("are returned in demo mode to a caller on this machine", async () => {
    expect(await ask(demo.base, null)).toEqual({ accounts: 200, code: expect.stringMatching(/^\d{6}$/) });
  });

  it.each([
    ["from elsewhere", "203.0.113.5"],
    ["that says it came from here", "127.0.0.1, 203.0.113.6"],
  ])("are not given to a call %s", async (_what, from) => {
    expect(await ask(demo.base, from)).toEqual({ accounts: 404, code: undefined });
  });

  it("do not exist without demo mode", async () => {
    expect(await ask(real.base, null)).toEqual({ accounts: 404, code: undefined });
  });
});
