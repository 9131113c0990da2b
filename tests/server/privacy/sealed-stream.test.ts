import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { createKeys, newKeyRing } from "../../../server/adapters/keys/keys.ts";
import { SEALED_OVERHEAD } from "../../../server/adapters/keys/sealed-stream.ts";

const keys = createKeys(newKeyRing());
const plain = Buffer.from("姓名,电话\n王雨晴,13800010001\n".repeat(5_000));

const pieces = (bytes: Buffer, size: number): Readable =>
  Readable.from(
    (function* () {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    })(),
  );
async function sealed(bytes: Buffer, size = 1_000, context = "export a") {
  const { keyId, stream } = keys.sealStream(context);
  return { keyId, bytes: await buffer(pieces(bytes, size).pipe(stream)) };
}

describe("a sealed file", () => {
  it.each([1, 7, 29, 64_000])("opens to what went in, in pieces of %i bytes, and is a little longer", async (size) => {
    for (const bytes of [plain.subarray(0, 1_000), Buffer.from("甲"), Buffer.alloc(0)]) {
      const file = await sealed(bytes, size);
      expect(file.bytes).toHaveLength(bytes.length + SEALED_OVERHEAD);
      expect(await buffer(keys.openStream(file.keyId, "export a", pieces(file.bytes, size)))).toEqual(bytes);
    }
  });

  it("says nothing to whoever has the bytes, and does not open changed, cut off, or as another export's", async () => {
    const { keyId, bytes } = await sealed(plain);
    expect(bytes.includes("13800010001")).toBe(false);
    const open = (given: Buffer, context = "export a") => buffer(keys.openStream(keyId, context, pieces(given, 999)));
    const changed = Buffer.from(bytes);
    changed[500] = (changed[500] ?? 0) ^ 1;
    await expect(open(changed)).rejects.toThrow();
    await expect(open(bytes.subarray(0, -1))).rejects.toThrow();
    await expect(open(bytes.subarray(0, 5))).rejects.toThrow("cut off");
    await expect(open(bytes, "export b")).rejects.toThrow();
    expect(() => keys.openStream("nokey", "export a", pieces(bytes, 9))).toThrow("not in the key ring");
  });
});
