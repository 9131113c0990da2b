import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { emptyTail, faultOf, sealRows } from "../../../server/log/seal.ts";
import { createKeys, loadKeys } from "../../../server/adapters/keys/keys.ts";
import {
  type KeyRing,
  changeRing,
  newKeyRing,
  parseRing,
  withGeneration,
  withoutGeneration,
} from "../../../server/adapters/keys/ring.ts";
import type { PendingEvent } from "../../../server/log/store/outbox.ts";

const folder = await mkdtemp(join(tmpdir(), "ring-"));
afterAll(() => rm(folder, { recursive: true }));
const START = Date.parse("2026-03-02T12:00:00Z");

describe("a new generation", () => {
  it("can decrypt at once, and encrypts from its start time on, without a restart", async () => {
    const path = join(folder, "keys.json");
    const one = await loadKeys(path);
    const before = one.current("field").id;
    await changeRing(path, (ring) => withGeneration(ring, "field", new Date(Date.now() + 3_600_000)));
    // Another process has already switched to the new key.
    const ahead = await loadKeys(path);
    const [, newest] = ahead.generations("field");
    expect(ahead.current("field").id).toBe(before);
    const used = createKeys(JSON.parse(await (await import("node:fs/promises")).readFile(path, "utf8")) as KeyRing, {
      now: () => Date.now() + 2 * 3_600_000,
    });
    const sealed = used.seal("13800000001", "phone");
    expect(sealed.startsWith(`${newest?.id}:`)).toBe(true);
    expect(one.open(sealed, "phone")).toBe("13800000001");
    expect(one.current("field").id).toBe(before);
  });

  it("is used when its time comes, by the process's own clock", () => {
    let now = START;
    const ring = newKeyRing();
    const next = withGeneration(ring, "token", new Date(START + 5_000));
    const keys = createKeys(ring, { now: () => now, changed: () => parseRing(next) });
    const ids = next.token.map(({ id }) => id);
    expect(keys.current("token").id).toBe(ids[0]);
    now += 4_000;
    expect(keys.current("token").id).toBe(ids[0]);
    now += 1_000;
    expect(keys.current("token").id).toBe(ids[1]);
    expect(keys.get("token", ids[0] ?? "")).not.toBeNull();
  });

  it("in an unreadable file changes nothing for running servers", async () => {
    const path = join(folder, "broken.json");
    const keys = await loadKeys(path);
    const sealed = keys.seal("x", "phone");
    await writeFile(path, "{ half a ring");
    expect(keys.get("field", "unknown")).toBeNull();
    expect(keys.open(sealed, "phone")).toBe("x");
    await expect(loadKeys(path)).rejects.toThrow("读不懂");
  });
});

describe("the file", () => {
  it("is changed by one command at a time, is readable by its owner only, and never loses the newest key", async () => {
    const path = join(folder, "one.json");
    await loadKeys(path);
    const add = () => changeRing(path, (ring) => withGeneration(ring, "log", new Date()));
    const outcomes = await Promise.allSettled([add(), add(), add()]);
    const added = outcomes.filter(({ status }) => status === "fulfilled").length;
    expect((await loadKeys(path)).generations("log")).toHaveLength(1 + added);
    expect(added).toBeGreaterThan(0);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const [oldest, ...newer] = (await loadKeys(path)).generations("log").map(({ id }) => id);
    await expect(changeRing(path, (ring) => withoutGeneration(ring, "log", newer.at(-1) ?? ""))).rejects.toThrow(
      RangeError,
    );
    await changeRing(path, (ring) => withoutGeneration(ring, "log", oldest ?? ""));
    expect((await loadKeys(path)).generations("log").map(({ id }) => id)).toEqual(newer);
  });
});

describe("a log over generations", () => {
  const events = (n: number): PendingEvent[] => [
    {
      id: `${String(n).repeat(24)}:1`,
      event: {
        ...{ version: 1, type: "request.claimed", at: new Date(START), communityId: "east", requestId: null },
        ...{ requestNo: null, serviceCode: null, actor: { id: "c", role: "cadre", name: "林晓慧" }, data: {} },
        subjects: { residentId: null, handlerId: null, previousHandlerId: null },
      },
    },
  ];
  const ring = newKeyRing();
  const next = withGeneration(ring, "log", new Date(START));
  const [older, newer] = next.log.map(({ id }) => id);
  const at = (now: number) => createKeys(next, { now: () => now });

  it("continues with the newer key on a machine whose clock is behind, and verifies", () => {
    const [one] = sealRows(at(START - 1), emptyTail, events(1));
    const [two] = sealRows(at(START), one!, events(2));
    const [three] = sealRows(at(START - 1_000), two!, events(3));
    expect([one, two, three].map((row) => row!.seal.split(":")[0])).toEqual([older, newer, newer]);
    const keys = at(START);
    expect(faultOf(keys, emptyTail, one!)).toBeNull();
    expect(faultOf(keys, one!, two!)).toBeNull();
    expect(faultOf(keys, two!, three!)).toBeNull();
  });

  it("rejects a row sealed with the older key after one with the newer key", () => {
    const [one] = sealRows(at(START), emptyTail, events(1));
    const [forged] = sealRows(createKeys(ring), { pos: one!.pos, seal: one!.seal }, events(2));
    expect(faultOf(at(START), one!, forged!)).toMatchObject({ kind: "key", what: expect.stringContaining("older") });
  });
});
