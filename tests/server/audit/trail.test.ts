import { describe, expect, it } from "vitest";
import { roles } from "../../../contract/common.ts";
import { type OpKey, type Operation, operations } from "../../../contract/index.ts";
import { moduleEvents } from "../../../contract/modules.ts";
import { zh } from "../../../console/i18n/zh.ts";
import { system } from "../../../server/kernel/actor.ts";
import { INSTALLATION, auditKinds, auditTypes } from "../../../server/core/domain/audit/audit.ts";
import { createMemoryAnchors } from "../../../server/log/anchors.ts";
import { verifyLog } from "../../../server/log/verify-log.ts";
import type { LogRow } from "../../../server/log/store/log-row.ts";
import { resetPassword } from "../../../server/core/usecases/accounts/give-account.ts";
import { sampleOf } from "../../support/samples.ts";
import { submission } from "../../support/requests.ts";
import { giveAccount } from "../../support/second-factor.ts";
import { openWorld } from "../../support/world.ts";

const anchors = createMemoryAnchors();
const world = await openWorld({ anchors, recordTimeoutMs: 50 });
const { deps, relay } = world;
const staff = await world.staff("committee");
const clerk = await world.as(staff);
const nobody = await world.as(null);

async function rowsOf(communityIds: string[] = ["east", "west", INSTALLATION]): Promise<LogRow[]> {
  await relay.drain();
  return (await Promise.all(communityIds.map((id) => deps.store.log.after(id, 0, 1_000)))).flat();
}

describe("a failed login", () => {
  it("by password is an event of the account's community, without the typed text", async () => {
    const secret = await deps.passwords.hash("right-and-long");
    await deps.store.identities.link({ kind: "account", subject: "east-desk", userId: staff.id, secret });
    const body = { account: "east-desk", password: "wrong-and-long" };
    expect((await nobody.call("POST /api/auth/password", { body })).code).toBe("auth.password_invalid");
    await relay.drain();
    const [row] = (await clerk.call("GET /api/audit", { query: { kind: "login" } })).ok.items;
    expect(row).toMatchObject({
      type: "login.failed",
      actor: { role: "system" },
      data: { how: "password", known: true, account: staff.name, from: "127.0.0.*" },
    });
    expect(JSON.stringify(await world.dump())).not.toContain("wrong-and-long");
    expect(
      (await clerk.call("GET /api/audit", { query: { personId: staff.id, kind: "login" } })).ok.items,
    ).toHaveLength(1);
  });

  it("of an unknown account is in the installation's chain, for operators", async () => {
    const body = { account: "my-password-typed-here", password: "wrong-and-long" };
    await nobody.call("POST /api/auth/password", { body });
    await relay.drain();
    const admin = await world.as(await world.staff("admin", []));
    const query = { communityId: INSTALLATION, kind: "login" } as const;
    const [row] = (await admin.call("GET /api/audit", { query })).ok.items;
    expect(row).toMatchObject({ communityId: INSTALLATION, data: { known: false, account: null } });
    expect(JSON.stringify(await world.dump())).not.toContain("my-password-typed-here");
    expect((await clerk.call("GET /api/audit", { query })).code).toBe("auth.forbidden");
  });

  it("whose password is then replaced is recorded, too; an operator's is in the installation's chain", async () => {
    const operators = await world.staff("admin", []);
    await giveAccount(world, operators, "operators-desk");
    await resetPassword(deps, { actor: system, idempotency: null }, "operators-desk");
    await relay.drain();
    const colleague = await world.as(await world.staff("admin", []));
    const { items } = (await colleague.call("GET /api/audit", { query: { communityId: INSTALLATION } })).ok;
    expect(items[0]).toMatchObject({ type: "account.password_reset", data: { userId: operators.id } });
  });

  it("by a phone's code is an event without the phone; without a code to guess there is none", async () => {
    const phone = "13900000077";
    await deps.store.identities.link({
      kind: "phone",
      subject: deps.keys.blindIndex("phone", phone),
      userId: (await world.resident()).id,
    });
    const before = (await rowsOf()).length;
    await nobody.call("POST /api/auth/otp/verify", { body: { phone, code: "000000" } });
    expect((await rowsOf()).length).toBe(before);
    const { demoCode } = (await nobody.call("POST /api/auth/otp", { body: { phone } })).ok;
    const code = demoCode === "111111" ? "222222" : "111111";
    expect((await nobody.call("POST /api/auth/otp/verify", { body: { phone, code } })).code).toBe("auth.otp_invalid");
    const after = await rowsOf();
    expect(after.length).toBe(before + 1);
    expect(JSON.stringify(await world.dump())).not.toContain(phone);
    const [row] = (await clerk.call("GET /api/audit", { query: { kind: "login" } })).ok.items;
    expect(row?.data).toMatchObject({ how: "phone", known: true, account: null });
  });
});

describe("the trail", () => {
  it("is read page by page, by kind, person and day, by people who are responsible for it", async () => {
    for (let n = 0; n < 3; n++) {
      await clerk.call("POST /api/exports", { body: { communityId: "east", kind: "log", format: "csv" } });
    }
    const other = await world.staff("committee");
    await (
      await world.as(other)
    ).call("POST /api/exports", { body: { communityId: "east", kind: "log", format: "csv" } });
    await relay.drain();
    const read = async (query: object) => {
      const seen: string[] = [];
      for (let cursor: string | undefined; ;) {
        const page = (
          await clerk.call("GET /api/audit", { query: { ...query, limit: 2, ...(cursor ? { cursor } : {}) } })
        ).ok;
        seen.push(...page.items.map(({ id }) => id));
        if (!page.nextCursor) return seen;
        cursor = page.nextCursor;
      }
    };
    expect(new Set(await read({ kind: "export" })).size).toBe(4);
    expect(await read({ kind: "export", personId: other.id })).toHaveLength(1);
    expect(await read({ kind: "export", personId: staff.id })).toHaveLength(3);
    const day = 86_400_000;
    const now = world.clock.now().getTime();
    const at = (ms: number): string => new Date(ms).toISOString();
    expect(await read({ kind: "export", from: at(now - day), to: at(now + day) })).toHaveLength(4);
    expect(await read({ kind: "export", to: at(now - day) })).toEqual([]);
    const all = await read({});
    expect(new Set(all).size).toBe(all.length);
    expect((await (await world.as(await world.cadre())).call("GET /api/audit")).code).toBe("auth.forbidden");
    expect((await clerk.call("GET /api/audit", { query: { communityId: "west" } })).code).toBe("auth.forbidden");
  });

  it("has a kind for every audit event of the core", () => {
    const story =
      /^(request|task|transfer|duty|shift|leave|photo)\.|^roster\.|^(resident\.registered|account\.closed)$/;
    const kinds = new Set(auditKinds.flatMap((kind) => auditTypes[kind]));
    const types = Object.keys(zh.event);
    expect(types.filter((type) => !kinds.has(type) && !story.test(type) && !(type in moduleEvents))).toEqual([]);
    expect([...kinds].filter((type) => !types.includes(type))).toEqual([]);
  });
});

describe("deletion", () => {
  it("has no operation", () => {
    const deleting = (Object.keys(operations) as OpKey[]).filter((key) => key.startsWith("DELETE "));
    expect(deleting.filter((key) => /log|audit|reveal|anchor|event/.test(key))).toEqual([]);
  });

  it(
    "whatever any role asks of any operation, each row stays as it was and the chain holds",
    { timeout: 240_000 },
    async () => {
      const resident = await world.resident();
      const cadre = await world.cadre();
      const { id } = (await (await world.as(resident)).call("POST /api/requests", { body: submission() })).ok;
      await (await world.as(cadre)).call("POST /api/requests/:id/claim", { params: { id } });
      const before = await rowsOf();
      const ids = [id, resident.id, cadre.id, staff.id];
      let taken = 0;
      for (const role of roles) {
        const who = role === "resident" ? resident : role === "cadre" ? cadre : await world.staff(role);
        const api = await world.as(who);
        for (const [key, operation] of Object.entries(operations) as [OpKey, Operation][]) {
          if (operation.upload || operation.reply === "file") continue;
          for (const one of key.includes(":id") ? ["east", ...ids] : [""]) {
            const names = [...key.matchAll(/:(\w+)/g)].map(([, name = ""]) => name);
            const input = {
              params: Object.fromEntries(names.map((name) => [name, name === "id" ? one : id])),
              query: sampleOf(operation.query, ids),
              body: sampleOf(operation.body, ids),
            };
            const { status, code } = await api.call(key, input);
            expect(code, `${role} ${key} ${JSON.stringify(input)}`).not.toBe("server.failed");
            if (status < 300 && !key.startsWith("GET ")) taken++;
          }
        }
      }
      const after = new Map((await rowsOf()).map((row) => [row._id, row]));
      expect(taken).toBeGreaterThan(20);
      expect(after.size).toBeGreaterThan(before.length);
      for (const row of before) expect(after.get(row._id)).toEqual(row);
      expect((await verifyLog(deps.store, deps.keys, anchors)).faults).toEqual([]);
    },
  );
});
