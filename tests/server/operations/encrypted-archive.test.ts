import { randomBytes } from "node:crypto";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { serialize } from "bson";
import { describe, expect, it } from "vitest";
import {
  InvalidBackupError,
  type Manifest,
  readDocuments,
  readManifest,
  writeManifest,
  writePart,
} from "../../../server/operations/backup/archive.ts";
import { LockedBackupError } from "../../../server/operations/backup/encryption.ts";
import { dataFolder } from "../../support/data-folder.ts";

const [mine, theirs, other] = [
  await generateX25519Identity(),
  await generateX25519Identity(),
  await generateX25519Identity(),
];
const recipients = [await identityToRecipient(mine), await identityToRecipient(theirs)];
const folder = await dataFolder();

/** More than the chunks of 64 KiB that the format encrypts at a time, and nothing that compresses. */
const documents = Array.from({ length: 50 }, (_, n) => ({ n, words: `王雨晴 ${n}`, noise: randomBytes(8_192) }));
async function* stored(): AsyncGenerator<Uint8Array> {
  for (const document of documents) yield serialize(document);
}
const part = await writePart(folder, "users", stored(), recipients);
const after = await writePart(folder, "service_log.after", stored(), recipients);
const at = "2026-03-02T12:00:00.000Z";
const manifest: Manifest = {
  ...{ format: 1, schema: 1, takenAt: at, finishedAt: at, database: "x", tails: {}, keyProof: null },
  ...{ parts: [part], after },
};
await writeManifest(folder, manifest, recipients);

const namesWith = async (identity: string): Promise<unknown[]> => {
  const names: unknown[] = [];
  for await (const { document } of readDocuments(folder, part, [identity])) names.push(document["words"]);
  return names;
};

describe("an encrypted backup", () => {
  it("is opened by each recipient, alone", async () => {
    for (const identity of [mine, theirs]) {
      expect(await readManifest(folder, [identity])).toEqual(manifest);
      expect(await namesWith(identity)).toEqual(documents.map(({ words }) => words));
    }
  });

  it("is opened by nobody else, and says what is missing", async () => {
    await expect(readManifest(folder)).rejects.toThrow(/--identity/);
    await expect(readManifest(folder, [other])).rejects.toThrow(LockedBackupError);
    await expect(namesWith(other)).rejects.toThrow(LockedBackupError);
  });

  it("has nothing in clear, not even what it has how many of", async () => {
    for (const file of await readdir(folder)) {
      const text = await readFile(join(folder, file), "latin1");
      expect(text).not.toContain(Buffer.from("王雨晴").toString("latin1"));
      expect(text).not.toContain("sha256");
    }
  });

  it.each([
    [
      "a byte was changed",
      (bytes: Buffer) => bytes.fill(bytes[bytes.length - 5]! ^ 1, bytes.length - 5, bytes.length - 4),
    ],
    ["it ends early", (bytes: Buffer) => bytes.subarray(0, -10)],
  ])("is refused when %s, in the list of its files or in a file", async (_what, damage) => {
    for (const file of ["manifest.json.age", part.file]) {
      const sound = await readFile(join(folder, file));
      await writeFile(join(folder, file), damage(Buffer.from(sound)));
      await expect(readManifest(folder, [mine])).rejects.toThrow(InvalidBackupError);
      // Without the checksum, the format itself finds it.
      if (file === part.file) await expect(namesWith(mine)).rejects.toThrow();
      await writeFile(join(folder, file), sound);
    }
    expect(await readManifest(folder, [mine])).toEqual(manifest);
  });
});
