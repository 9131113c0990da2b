import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openWorld } from "../../support/world.ts";

const folder = await mkdtemp(join(tmpdir(), "fronts-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
const fronts = { h5: join(folder, "h5"), console: join(folder, "console") };
await mkdir(join(fronts.h5, "js"), { recursive: true });
await writeFile(join(fronts.h5, "index.html"), "<p>手机端</p>");
await writeFile(join(fronts.h5, "js/app.0a1b2c3d4e.js"), "1");
await writeFile(join(folder, "secret.txt"), "secret");
await writeFile(join(folder, "secret"), "secret");
const world = await openWorld({ app: { fronts } });
const get = (path: string) => fetch(world.base + path, { redirect: "manual" });

describe("a front", () => {
  it.each(["/", "/any/route"])("serves its page at %s without caching", async (path) => {
    const response = await get(path);
    expect([response.status, await response.text()]).toEqual([200, "<p>手机端</p>"]);
    expect(response.headers.get("cache-control")).toBe("max-age=0");
  });

  it("lets a hashed file be cached for a year", async () => {
    const response = await get("/js/app.0a1b2c3d4e.js");
    expect(response.headers.get("cache-control")).toBe("max-age=31536000,immutable");
  });

  it("replies 404 for a missing file instead of the page", async () => {
    expect((await get("/js/app.ffffffffff.js")).status).toBe(404);
  });

  it("that is not built replies with what to do", async () => {
    const response = await get("/console/");
    expect(response.status).toBe(503);
    expect(await response.text()).toContain("npm run build");
  });

  it.each(["/..%2fsecret.txt", "/js/..%2f..%2fsecret.txt", "/%2e%2e/secret.txt", "/js/%00"])(
    "gives nothing outside its folder: %s",
    async (path) => {
      expect(await (await get(path)).text()).not.toContain("secret");
    },
  );
});

describe("a path outside of the folder", () => {
  const attempts = (name: string): string[] => [
    `/..%2f${name}`,
    `/js/..%2f..%2f${name}`,
    `/js%2f..%2f..%2f${name}`,
    `/%2e%2e%2f${name}`,
    `/..%5c${name}`,
    `/console/..%2f${name}`,
  ];
  it.each([
    ["with an extension", "secret.txt", "absent.txt"],
    ["without one", "secret", "absent"],
  ])("is answered the same whether there is such a file or not, %s", async (_what, there, absent) => {
    const told = async (path: string) => {
      const response = await get(path);
      return [response.status, (await response.text()).replaceAll(/[0-9a-f-]{36}/g, ""), response.headers.get("vary")];
    };
    for (const [n, path] of attempts(there).entries())
      expect(await told(path)).toEqual(await told(attempts(absent)[n]!));
  });
});

describe("the documentation", () => {
  it("is a page without anything from elsewhere", async () => {
    const page = await (await get("/api/docs")).text();
    expect(page).not.toMatch(/https?:/);
    for (const [, path] of page.matchAll(/(?:src|href)="(\/[^"]+)"/g)) expect((await get(path!)).status).toBe(200);
  });
});
