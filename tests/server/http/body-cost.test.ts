import { expect, it } from "vitest";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();

const post = async (body: string) => {
  const answer = await fetch(`${world.base}/api/auth/password`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  return ((await answer.json()) as { error: { code: string } }).error.code;
};

it.each([
  ["nested lists", "[".repeat(100_000) + "]".repeat(100_000), "input.too_deep"],
  ["nested objects", '{"a":'.repeat(20_000) + "1" + "}".repeat(20_000), "input.too_deep"],
  ["just too deep", "[".repeat(17) + "1" + "]".repeat(17), "input.too_deep"],
  ["very many parts", `[${"1,".repeat(30_000)}1]`, "input.too_deep"],
  ["more than a form", JSON.stringify({ account: "x".repeat(300_000) }), "input.too_large"],
  ["cut off", '{"account":', "input.not_json"],
  ["deep, but not too deep", "[".repeat(16) + "]".repeat(16), "input.invalid"],
])("a body of %s is refused with its code", async (_what, body, code) => {
  expect(await post(body)).toBe(code);
});

it("a list asks for a hundred at most, a search for sixty characters, figures for 400 days", async () => {
  const clerk = await world.as(await world.staff("committee"));
  const refused = async (answer: Promise<{ code: string | null }>) => (await answer).code;
  expect(await refused(clerk.call("GET /api/log", { query: { limit: 101 } }))).toBe("input.invalid");
  expect(await refused(clerk.call("GET /api/log", { query: { q: "一".repeat(61) } }))).toBe("input.invalid");
  expect(await refused(clerk.call("GET /api/log", { query: { limit: 100, q: "一".repeat(60) } }))).toBeNull();
  const years = { from: "2020-01-01", to: "2026-01-01" };
  expect(await refused(clerk.call("GET /api/figures", { query: years }))).toBe("figures.period_invalid");
});
