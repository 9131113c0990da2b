import { request } from "node:http";
import { describe, expect, it } from "vitest";
import { openWorld } from "../../support/world.ts";

const open = await openWorld();
const behind = await openWorld({ app: { behindProxy: true } });

/** The headers of a reply. `fetch` cannot send a proxy's headers. */
const headersOf = (base: string, path: string, headers: Record<string, string> = {}) =>
  new Promise<Record<string, unknown>>((resolve, reject) => {
    request(base + path, { headers }, (reply) => {
      reply.resume();
      resolve(reply.headers);
    })
      .on("error", reject)
      .end();
  });

/** The directives of a policy. */
const directives = (policy: unknown): Map<string, string[]> =>
  new Map(
    String(policy)
      .split(";")
      .map((part) => part.trim().split(/\s+/) as [string, ...string[]])
      .map(([name, ...sources]) => [name, sources]),
  );

const safe = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "cross-origin-resource-policy": "same-origin",
};

describe("what a browser is told with each reply", () => {
  it.each(["/", "/console/", "/api/docs", "/api/docs/start.js", "/healthz", "/nothing.js", "/API/me"])(
    "%s: script only from here, never inline, and no frame around it",
    async (path) => {
      const told = await headersOf(open.base, path);
      const policy = directives(told["content-security-policy"]);
      for (const name of ["script-src", "default-src"]) expect(policy.get(name)).toEqual(["'self'"]);
      for (const name of ["script-src-attr", "object-src", "base-uri", "frame-ancestors", "frame-src"])
        expect(policy.get(name)).toEqual(["'none'"]);
      // No directive allows another origin.
      expect([...policy.values()].flat().filter((source) => /^https?:|\*|unsafe-eval|\./.test(source))).toEqual([]);
      expect(told).toMatchObject({
        ...safe,
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
      });
      expect(told["permissions-policy"]).toMatch(/camera=\(\).*geolocation=\(\).*microphone=\(\)/);
      expect(told["x-powered-by"]).toBeUndefined();
    },
  );

  it.each(["/api/me", "/api/nothing", "/api/openapi.json", "/api/"])(
    "%s is data: opened by itself it loads and runs nothing",
    async (path) => {
      const told = await headersOf(open.base, path);
      expect(told["content-security-policy"]).toBe("default-src 'none';frame-ancestors 'none'");
      expect(told).toMatchObject(safe);
      expect(told["x-powered-by"]).toBeUndefined();
    },
  );
});

describe("HTTPS only (HSTS)", () => {
  const told = async (world: typeof open, headers: Record<string, string>) =>
    (await headersOf(world.base, "/healthz", headers))["strict-transport-security"];

  it("is sent to a caller who came to the proxy by HTTPS", async () => {
    expect(await told(behind, { "x-forwarded-proto": "https" })).toBe("max-age=31536000");
  });

  it.each([
    ["by plain http", { "x-forwarded-proto": "http" }],
    ["past the proxy", {}],
  ])("is not told to whoever came %s", async (_how, headers) => {
    expect(await told(behind, headers)).toBeUndefined();
  });

  it("is not sent without a trusted proxy, whatever the caller's headers say", async () => {
    expect(await told(open, { "x-forwarded-proto": "https" })).toBeUndefined();
  });
});
