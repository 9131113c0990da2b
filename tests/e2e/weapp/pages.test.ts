import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { expectPageWhole } from "../../support/weapp-scenarios.ts";
import { openWeappWorld, weappDir } from "../../support/weapp-world.ts";

const world = await openWeappWorld();
const phones = {
  resident: await world.phone("王雨晴"),
  cadre: await world.phone("林晓慧"),
  partner: await world.phone("石磊"),
};

const { pages, subPackages } = JSON.parse(await readFile(join(weappDir, "app.json"), "utf8")) as {
  pages: string[];
  subPackages: { root: string; pages: string[] }[];
};
const all = [...pages, ...subPackages.flatMap(({ root, pages: own }) => own.map((page) => `${root}/${page}`))];

/** The parameters of pages that need some; the others are opened without. */
const queries: Record<string, () => Promise<string>> = {
  "pages/request/index": async () => `id=${await first("王雨晴", "mine")}`,
  "subpackages/resident/step/index": async () => `action=message&id=${await first("王雨晴", "mine")}`,
  "subpackages/resident/rate/index": async () => `id=${await first("王雨晴", "mine", "resolved")}`,
  "subpackages/resident/follow/index": async () => `id=${await first("林晓慧", "handling")}`,
  "subpackages/cadre/transfer/index": async () => `id=${await first("林晓慧", "handling")}`,
  "subpackages/cadre/request/index": async () => `id=${await first("林晓慧", "handling")}`,
  "subpackages/cadre/step/index": async () => `action=note&id=${await first("林晓慧", "handling")}`,
  "subpackages/cadre/co-handling/index": async () => `id=${await first("林晓慧", "handling")}`,
  "subpackages/partner/task/index": async () => `id=${await task()}`,
  "subpackages/partner/step/index": async () => `action=progress&id=${await task()}`,
  "subpackages/cadre/assign/index": async () => `id=${await first("林晓慧", "queue")}`,
};

async function task(): Promise<string> {
  const { items } = (await (await world.api("石磊")).call("GET /api/co-tasks")).ok;
  return items[0]?.id ?? expect.fail("nobody has asked 安居物业");
}

async function first(name: string, scope: "mine" | "handling" | "queue", status?: string): Promise<string> {
  const { items } = (await (await world.api(name)).call("GET /api/requests", { query: { scope } })).ok;
  // Followed requests have their own page.
  const found = items.find((request) => !request.progressOnly && (status === undefined || request.status === status));
  return found?.id ?? expect.fail(`nothing of ${name}`);
}

describe("every page of app.json opens, says something and leaves no error", () => {
  it.each(all)("%s", async (path) => {
    const staff = path.startsWith("subpackages/partner/") ? "partner" : "cadre";
    const phone = phones[path.startsWith("subpackages/") ? staff : "resident"];
    await expectPageWhole(phone, path, await queries[path]?.());
  });
});
