import { describe, expect, it } from "vitest";
import { roles } from "../../../contract/common.ts";
import { type OpKey, type Operation, operations } from "../../../contract/index.ts";
import { openWorld } from "../../support/world.ts";

const world = await openWorld();
const people = await Promise.all(
  roles.map(async (role) => [role, role === "resident" ? await world.resident() : await world.staff(role)] as const),
);
const callers = await Promise.all(people.map(async ([role, user]) => [role, await world.as(user)] as const));
const nobody = await world.as(null);

/** Ids of nothing: access is decided before an object is loaded. */
const paramsOf = (key: OpKey): Record<string, string> =>
  Object.fromEntries([...key.matchAll(/:(\w+)/g)].map(([, name = ""]) => [name, "0".repeat(24)]));
const table = (Object.entries(operations) as [OpKey, Operation][]).filter(([, { access }]) => access !== "anyone");

describe("who may call", () => {
  it.each(table)("%s: nobody without a login, and no role that it is not for", async (key, { access }) => {
    const input = { params: paramsOf(key) } as never;
    expect(await nobody.call(key, input)).toMatchObject({ status: 401, code: "auth.required" });
    for (const [role, api] of callers) {
      const { status, code } = await api.call(key, input);
      if (access === "user" || access.includes(role)) expect(code, role).not.toBe("auth.required");
      else expect([status, code], role).toEqual([403, "auth.forbidden"]);
    }
  });

  it("is limited to some roles where it should be", () => {
    const limited = table.filter(([, { access }]) => access !== "user").map(([key]) => key);
    expect(limited).toEqual(expect.arrayContaining(["GET /api/log", "GET /api/residents", "POST /api/duty/start"]));
  });
});
