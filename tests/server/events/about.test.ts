import { createHash, createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createKeys, newKeyRing } from "../../../server/adapters/keys/keys.ts";
import type { About } from "../../../server/kernel/event.ts";
import { emptyTail, faultOf, sealRows } from "../../../server/log/seal.ts";

const keys = createKeys(newKeyRing());
const at = new Date("2026-03-02T01:00:00Z");

const pending = (n: number, about?: About) => ({
  id: `${String(n).repeat(24)}:1`,
  event: {
    ...{ version: 1, type: "request.claimed", at, communityId: "east", requestId: "r", requestNo: "B1" },
    ...{ serviceCode: "parcel", actor: { id: "c", role: "cadre", name: "林晓慧" }, data: {} },
    subjects: { residentId: "u", handlerId: "c", previousHandlerId: null },
    ...(about ? { about } : {}),
  },
});
const about: About = { kind: "request", id: "r", no: "B1" };

describe("what a row is about", () => {
  it("is not in rows of before, which had no algorithm either and still verify", () => {
    const [row] = sealRows(keys, emptyTail, [pending(1)]);
    const { algorithm: _algorithm, ...former } = row!;
    expect(former).not.toHaveProperty("about");
    const envelope = [
      ...[1, "east", 1, former._id, at.toISOString(), "request.claimed", "r", "B1", "parcel", "c", "cadre", "u", "c"],
      ...[null, ["c"], former.payloadHash],
    ];
    const hash = createHash("sha256").update(JSON.stringify(envelope)).digest("base64url");
    const { id, key } = keys.current("log");
    const seal = `${id}:${createHmac("sha256", key).update(`\n${hash}`).digest("base64url")}`;
    expect(faultOf(keys, emptyTail, { ...former, hash, seal })).toBeNull();
  });

  it.each([
    ["named", "MD5"],
    ["left out", undefined],
  ])("goes with the hash algorithm, which cannot be %s otherwise", (_what, algorithm) => {
    const [row] = sealRows(keys, emptyTail, [pending(1, about)]);
    const { algorithm: named, ...rest } = row!;
    expect(named).toBe("SHA-256");
    expect(faultOf(keys, emptyTail, { ...rest, ...(algorithm ? { algorithm } : {}) })).toMatchObject({ kind: "row" });
  });

  it("stands in one chain with those of before, and both verify", () => {
    const rows = sealRows(keys, emptyTail, [pending(1), pending(2, about), pending(3), pending(4, about)]);
    expect(rows.map((row) => row.about)).toEqual([undefined, about, undefined, about]);
    expect(rows.map((row, n) => faultOf(keys, rows[n - 1] ?? emptyTail, row))).toEqual([null, null, null, null]);
  });

  it.each([
    ["the kind", { ...about, kind: "task" }],
    ["the aggregate", { ...about, id: "q" }],
    ["its number", { ...about, no: null }],
    ["that it is about anything", undefined],
  ] as const)("cannot be changed unseen: %s", (_what, changed) => {
    const [row] = sealRows(keys, emptyTail, [pending(1, about)]);
    const { about: _about, ...rest } = row!;
    const forged = changed ? { ...rest, about: changed } : rest;
    expect(faultOf(keys, emptyTail, forged)).toMatchObject({ kind: "row" });
  });

  it("cannot be put into a row that had none", () => {
    const [row] = sealRows(keys, emptyTail, [pending(1)]);
    expect(faultOf(keys, emptyTail, { ...row!, about })).toMatchObject({ kind: "row" });
  });
});
