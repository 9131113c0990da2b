import { mkdir, readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { devtools } from "../../support/weapp-process.ts";
import { openWeappWorld, weappDir } from "../../support/weapp-world.ts";
import { openArtefact } from "../../weapp-host/artefact.ts";

const KB = 1024;
const figures: Record<string, { measured: number; budget: number; unit: string }> = {};
const cache = join(import.meta.dirname, "../../../node_modules/.cache");
/** `npm run bench:weapp` prints these figures. */
afterAll(async () => {
  await mkdir(cache, { recursive: true });
  await writeFile(join(cache, "weapp-budget.json"), JSON.stringify(figures, null, 2));
});

function expectWithin(what: string, measured: number, budget: number, unit = "KB"): void {
  const scale = unit === "KB" ? KB : 1;
  figures[what] = { measured: Math.round((measured / scale) * 10) / 10, budget: budget / scale, unit };
  expect(measured, what).toBeLessThanOrEqual(budget);
}

describe("the packages", () => {
  it("main: at most 500 KB; each other at most 300 KB", async () => {
    const { packageOf, app } = openArtefact(weappDir);
    const sizes = new Map<string, number>([["", 0], ...(app.subPackages ?? []).map(({ root }) => [root, 0] as const)]);
    for (const entry of await readdir(weappDir, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      const owner = packageOf(file.slice(weappDir.length + 1));
      sizes.set(owner, (sizes.get(owner) ?? 0) + (await stat(file)).size);
    }
    for (const [root, size] of sizes) expectWithin(root || "main package", size, (root ? 300 : 500) * KB);
  });
});

describe.skipIf(devtools !== "")("setData", async () => {
  const world = devtools ? null : await openWeappWorld();
  const open = world!;

  it("the first page can be used after at most 20 calls and 64 KB", async () => {
    const phone = await open.phone(null);
    await phone.sees("找店小二");
    await expect.poll(async () => (await (await phone.page()).$$(".loading")).length).toBe(0);
    const [home] = await phone.traffic();
    expectWithin("first page, calls", home!.calls, 20, "calls");
    expectWithin("first page", home!.bytes, 64 * KB);
  });

  it("a list of 100 requests comes in two parts, and a poll sends what is new and no more", async () => {
    const { call } = await open.api("王雨晴");
    const file = (n: number): Promise<unknown> =>
      call("POST /api/requests", {
        body: { communityId: "xiziwan", serviceCode: "parcel", description: `第 ${n} 个快递，请代取` },
      }).then((answer) => answer.ok);
    for (let n = 0; n < 100; n += 10) await Promise.all(Array.from({ length: 10 }, (_, k) => file(n + k)));

    const phone = await open.phone("王雨晴");
    await phone.open("/pages/requests/index");
    const rows = async (): Promise<number> => (await (await phone.page()).$$(".request-row")).length;
    const bytes = async (): Promise<number> => (await phone.traffic()).at(-1)!.bytes;
    await expect.poll(rows).toBe(50);
    const firstPart = await bytes();
    await (await phone.page()).callMethod("onReachBottom");
    await expect.poll(rows).toBe(100);
    const both = await bytes();
    expectWithin("50 more rows", both - firstPart, firstPart);

    await phone.pullDown();
    expectWithin("a poll without news", (await bytes()) - both, KB);
    const quiet = await bytes();
    const { items } = (await call("GET /api/requests", { query: { scope: "mine", limit: 100 } })).ok;
    const { id } = items.find(({ status }) => status === "queued")!;
    await (await open.api("林晓慧")).call("POST /api/requests/:id/claim", { params: { id } });
    await phone.pullDown();
    await expect.poll(bytes).toBeGreaterThan(quiet);
    expectWithin("a poll with one row changed", (await bytes()) - quiet, 4 * KB);
    expect(phone.faults).toEqual([]);
  });
});
