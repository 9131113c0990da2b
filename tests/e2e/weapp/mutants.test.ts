import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import {
  expectFiledOnce,
  expectMainJobDone,
  expectPageWhole,
  expectWrongCodeTold,
} from "../../support/weapp-scenarios.ts";
import { devtools } from "../../support/weapp-process.ts";
import { openWeappWorld, weappDir } from "../../support/weapp-world.ts";
import { type CaughtBy, mutants } from "../../weapp-host/mutants.ts";

/** `npm run test:weapp:mutants` runs all mutants, `npm test` the quick ones. */
const all = process.env["MUTANTS"] === "all";
const world = await openWeappWorld();
const copies: string[] = [];
afterAll(() => copies.forEach((dir) => rmSync(dir, { recursive: true })));

function copy(): string {
  const dir = mkdtempSync(join(tmpdir(), "mutant-"));
  copies.push(dir);
  cpSync(weappDir, dir, { recursive: true });
  return dir;
}

/** The parts of the tests. Each rejects when it detects the mutant. */
const parts: Record<CaughtBy, (dir: string, patience: number) => Promise<void>> = {
  login: async (dir, patience) => void (await world.phone("王雨晴", { dir, patience })),
  refusal: async (dir, patience) => expectWrongCodeTold(await world.phone(null, { dir, patience })),
  home: async (dir, patience) => expectPageWhole(await world.phone(null, { dir, patience }), "pages/home/index"),
  job: async (dir, patience) =>
    expectMainJobDone(await world.phone("王雨晴", { dir, patience }), await world.phone("林晓慧", { dir, patience })),
  filing: async (dir, patience) =>
    expectFiledOnce(world, await world.phone("王雨晴", { dir, patience }), `装修噪声很大 ${dir.slice(-6)}`),
  "cadre page": async (dir, patience) => {
    const { items } = (await (await world.api("林晓慧")).call("GET /api/requests", { query: { scope: "handling" } }))
      .ok;
    const phone = await world.phone("林晓慧", { dir, patience });
    await expectPageWhole(phone, "subpackages/cadre/request/index", `id=${items[0]?.id ?? ""}`);
  },
};

const chosen = mutants.filter(({ quick }) => all || quick);

describe.skipIf(devtools !== "")("the tests can fail", () => {
  it.each([...new Set(chosen.map(({ caughtBy }) => caughtBy))])("unbroken, %s passes", async (part) => {
    await expect(parts[part](copy(), 30_000)).resolves.toBeUndefined();
  });

  it.each(chosen)("caught: $name", async ({ breaks, caughtBy }) => {
    const dir = copy();
    breaks(dir);
    await expect(parts[caughtBy](dir, 4_000)).rejects.toThrow();
  });
});
