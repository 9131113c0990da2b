import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { lookAtAppPages } from "./look-at-app-pages.ts";

const { addresses, pages } = await lookAtAppPages("standard");

it("every page of the mini-program is looked at", async () => {
  const sources = await readdir(join(import.meta.dirname, "../../../src"), { recursive: true });
  const written = sources.flatMap((file) => /^(.*\/index)\.config\.ts$/.exec(file)?.[1] ?? []);
  const opened = await Promise.all(pages.map(async ([, , address]) => address(addresses.apiOf)));
  // The page of the components has its own test file.
  const known = (page: string): boolean => page === "pages/home/index" || page.startsWith("subpackages/kit/");
  const missed = written.filter((page) => !known(page) && !opened.some((one) => one.includes(page)));
  expect(missed).toEqual([]);
});
