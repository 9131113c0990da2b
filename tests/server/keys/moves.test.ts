import { describe, expect, it } from "vitest";
import { createKeys } from "../../../server/adapters/keys/keys.ts";
import {
  type KeyRing,
  newKeyRing,
  parseRing,
  withGeneration,
  withoutGeneration,
} from "../../../server/adapters/keys/ring.ts";
import type { Deps } from "../../../server/deps.ts";
import { factorContext } from "../../../server/core/domain/accounts/second-factor.ts";
import { beginFactor } from "../../../server/core/usecases/accounts/enrol-factor.ts";
import { loginWithPassword } from "../../../server/core/usecases/accounts/login-with-password.ts";
import { findIdentity, linkIdentity, userOf } from "../../../server/core/usecases/accounts/identities.ts";
import { mergeAccounts } from "../../../server/core/usecases/accounts/merge-accounts.ts";
import { erasePerson } from "../../../server/core/usecases/accounts/erase-person.ts";
import { migrateKeys } from "../../../server/core/usecases/privacy/migrate-keys.ts";
import { countOldHashes, rehashIdentities } from "../../../server/core/usecases/privacy/rehash-identities.ts";
import { countOldCiphertexts, reencryptFields } from "../../../server/core/usecases/privacy/reencrypt-fields.ts";
import { newId } from "../../../server/kernel/ids.ts";
import { submission } from "../../support/requests.ts";
import { codeOf, enrol, giveAccount, password, somewhere } from "../../support/second-factor.ts";
import { openWorld } from "../../support/world.ts";

const old: KeyRing = newKeyRing();
const rotated = withGeneration(withGeneration(old, "field", new Date(0)), "blind", new Date(0));
let ring = old;
let ticks = Date.now();
const world = await openWorld({
  keys: createKeys(old, { changed: () => parseRing(ring), now: () => (ticks += 1_000) }),
});
const { deps } = world;
const [oldField, oldBlind] = [old.field[0]!.id, old.blind[0]!.id];
/** The dependencies of a process that has that ring. */
const knowing = (known: KeyRing): Deps => ({ ...deps, keys: createKeys(known) });
/** The dependencies with some calls of one repository replaced. */
const withIn = <K extends keyof Deps["store"]>(repository: K, calls: Partial<Deps["store"][K]>): Deps => ({
  ...deps,
  store: { ...deps.store, [repository]: { ...(deps.store[repository] as object), ...calls } },
});
const phone = (n: number): string => String(13_700_000_000 + n);

const residents = [await world.resident(), await world.resident(), await world.resident()];
for (const [n, { id }] of residents.entries()) await linkIdentity(deps, { kind: "phone", value: phone(n) }, id);
const clerk = await world.staff("committee");
await giveAccount(world, clerk, "clerk");
const { secret: factorSecret } = await enrol(world, clerk, "clerk");
await beginFactor(deps, { subject: "clerk" });
const mine = await world.as(residents[0]!);
for (let n = 0; n < 3; n++) await mine.call("POST /api/requests", { body: submission() });

describe("sealing anew", () => {
  it("skips what is changed at the same moment, which the next pass moves", async () => {
    ring = rotated;
    const { id } = residents[1]!;
    const { after } = deps.store.sealedFields;
    const moving = withIn("sealedFields", {
      // Between the mover's read and its write the resident changes the home at a process that has only the old key.
      after: async (...asked) => {
        const read = await after(...asked);
        if (asked[0] === "users") {
          const registration = { ...residents[1]!.registration!, room: knowing(old).keys.seal("909", "room") };
          await deps.store.users.update(id, { registration });
        }
        return read;
      },
    });
    await reencryptFields(moving);
    const { registration } = (await deps.store.users.find(id))!;
    expect(deps.keys.open(registration!.room, "room")).toBe("909");
    expect(await countOldCiphertexts(deps, oldField)).toBeGreaterThan(0);
    await Promise.all([reencryptFields(deps), reencryptFields(deps)]);
    expect(await countOldCiphertexts(deps, oldField)).toBe(0);
    const after2 = (await deps.store.users.find(id))!.registration!;
    expect(knowing(withoutGeneration(rotated, "field", oldField)).keys.open(after2.room, "room")).toBe("909");
    expect(await reencryptFields(deps)).toBe(0);
  });

  it("includes second factors, each sealed for its account, and the new key alone opens them", async () => {
    const without = knowing(withoutGeneration(rotated, "field", oldField));
    const { factor, pendingFactor } = (await deps.store.identities.find("account", "clerk"))!;
    expect(without.keys.open(factor!.sealed, factorContext("clerk"))).toBe(factorSecret);
    expect(() => without.keys.open(factor!.sealed, factorContext("other"))).toThrow();
    expect(without.keys.open(pendingFactor!.sealed, factorContext("clerk"))).not.toBe(factorSecret);
    const brought = { account: "clerk", password, code: codeOf(world, factorSecret, 1), address: "10.0.0.1" };
    expect((await loginWithPassword(without, brought, somewhere)).user.id).toBe(clerk.id);
  });
});

describe("finding people by a new blind index key", () => {
  it("works before, during and after the move, for processes that know one of the keys or both", async () => {
    const only = withoutGeneration(rotated, "blind", oldBlind);
    const find = (known: KeyRing, n: number) => findIdentity(knowing(known), { kind: "phone", value: phone(n) });
    expect((await find(old, 0))?.userId).toBe(residents[0]!.id);
    expect((await find(rotated, 0))?.userId).toBe(residents[0]!.id);
    expect(await countOldHashes(deps, oldBlind)).toBe(3);
    await Promise.all([rehashIdentities(deps), rehashIdentities(deps)]);
    expect(await countOldHashes(deps, oldBlind)).toBe(0);
    for (const known of [old, rotated, only]) {
      for (const [n, { id }] of residents.entries()) expect((await find(known, n))?.userId).toBe(id);
    }
  });

  it("creates one user for a phone that is new to two processes with different keys", async () => {
    const only = withoutGeneration(rotated, "blind", oldBlind);
    for (let n = 100; n < 130; n++) {
      const [one, two] = n % 2 ? [old, rotated] : [rotated, only];
      const way = { kind: "phone", value: phone(n) } as const;
      const found = await Promise.all([one, two, one, two].map((known) => userOf(knowing(known), way)));
      const later = await findIdentity(knowing(two), way);
      expect(new Set(found.map(({ id }) => id)).size, phone(n)).toBe(1);
      expect(later?.userId).toBe(found[0]!.id);
    }
  });

  it("does not restore an account that is closed at that moment, and follows merged ones", async () => {
    const merged = await deps.store.users.create({});
    const survivor = await deps.store.users.create({});
    const closing = newId();
    const before = knowing(old);
    await linkIdentity(before, { kind: "phone", value: phone(50) }, merged.id);
    await linkIdentity(before, { kind: "phone", value: phone(51) }, closing);
    await deps.store.users.create({ id: closing });
    const { link } = deps.store.identities;
    const moving = withIn("identities", {
      link: async (identity) => {
        // What the mover has read is out of date when it writes.
        if (identity.userId === merged.id) await mergeAccounts(deps, survivor, merged);
        if (identity.userId === closing) await erasePerson(deps, [closing], deps.clock.now());
        return link(identity);
      },
    });
    await rehashIdentities(moving);
    expect((await findIdentity(deps, { kind: "phone", value: phone(50) }))?.userId).toBe(survivor.id);
    expect(await findIdentity(deps, { kind: "phone", value: phone(51) })).toBeNull();
  });
});

describe("the job", () => {
  it("moves once for each rotation, and does nothing when there was none", async () => {
    let pages = 0;
    const counting = withIn("sealedFields", {
      after: async (...asked) => {
        pages++;
        return deps.store.sealedFields.after(...asked);
      },
    });
    await migrateKeys({ ...counting, keys: createKeys(old) });
    expect(pages).toBe(0);
    await migrateKeys(counting);
    expect(pages).toBeGreaterThan(3);
    const once = pages;
    await migrateKeys(counting);
    expect(pages).toBe(once);
  });
});
