import { describe, expect, it, vi } from "vitest";
import { keysMatch, ensureKeyProof } from "../../../server/adapters/keys/key-proof.ts";
import { createKeys, newKeyRing } from "../../../server/adapters/keys/keys.ts";
import { createReadiness } from "../../../server/operations/readiness.ts";
import { connect } from "../../../server/core/store/connection.ts";
import { openStore } from "../../../server/open-store.ts";
import { freshDatabase } from "../../support/engine.ts";

const { uri, name } = freshDatabase();
const store = openStore(await connect(uri, name)).store;
const well = { store, stopping: () => false, relayIdleMs: () => 0, keysFit: async () => true };

describe("readiness", () => {
  it.each([
    ["nothing is wrong", {}, []],
    ["it was asked to end", { stopping: () => true }, ["stopping"]],
    ["the database takes no write", { store: { ping: () => Promise.reject(new Error("away")) } }, ["database"]],
    ["the database does not answer at all", { keysFit: () => new Promise<never>(() => undefined) }, ["database"]],
    ["its relay stands still", { relayIdleMs: () => 20_000 }, ["relay"]],
    ["its keys are not the database's", { keysFit: async () => false }, ["keys"]],
  ])("%s", async (_what, over, reasons) => {
    expect(await createReadiness({ ...well, ...over })()).toEqual(reasons);
  });

  it("queries the database once for concurrent checks", async () => {
    let asked = 0;
    const counted = { ping: async () => void asked++ };
    const notReady = createReadiness({ ...well, store: counted });
    await Promise.all(Array.from({ length: 50 }, () => notReady()));
    await notReady();
    expect(asked).toBe(1);
  });

  it("asks a database that hangs no second time before it has answered, and then anew", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
    let asked = 0;
    const hanging = Promise.withResolvers<void>();
    const ping = async (): Promise<void> => {
      asked++;
      await hanging.promise;
    };
    const notReady = createReadiness({ ...well, store: { ping } });
    for (let n = 0; n < 3; n++) {
      const told = notReady();
      await vi.advanceTimersByTimeAsync(2_000);
      expect(await told).toEqual(["database"]);
    }
    expect(asked).toBe(1);
    hanging.resolve();
    await vi.advanceTimersByTimeAsync(1);
    expect(await notReady()).toEqual([]);
    expect(asked).toBe(2);
    vi.useRealTimers();
  });

  it("is not cached after the signal", async () => {
    let stopping = false;
    const notReady = createReadiness({ ...well, stopping: () => stopping });
    expect(await notReady()).toEqual([]);
    stopping = true;
    expect(await notReady()).toEqual(["stopping"]);
  });
});

describe("the proof of the keys", () => {
  it("fits its own ring, also one that has got newer keys; no other, and none of which one key is another", async () => {
    const [ring, other] = [newKeyRing(), newKeyRing()];
    await ensureKeyProof(store, createKeys(ring));
    const newer = createKeys({ ...ring, field: [...ring.field, ...other.field], log: [...ring.log, ...other.log] });
    expect(await keysMatch(store, newer)).toBe(true);
    for (const purpose of ["field", "blind", "log"] as const) {
      const wrong = createKeys({ ...ring, [purpose]: other[purpose] });
      expect(await keysMatch(store, wrong), purpose).toBe(false);
      await expect(ensureKeyProof(store, wrong)).rejects.toThrow(/不是一套/);
    }
    expect(await keysMatch(store, createKeys(ring))).toBe(true);
  });
});
