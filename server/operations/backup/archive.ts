import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { open, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { deserialize } from "bson";
import { z } from "zod";
import { LockedBackupError, decryptWith, encryptFor } from "./encryption.ts";

/**
 * A file of a backup: the documents of a collection as concatenated BSON (the format of `mongodump`), compressed, and
 * encrypted when its name ends in `.age`.
 */
const Part = z.object({
  name: z.string(),
  file: z.string().regex(/^[\w.-]+\.bson\.gz(?:\.age)?$/),
  documents: z.number().int(),
  sha256: z.string().describe("of the file as it is stored"),
});
export type Part = z.infer<typeof Part>;

const Manifest = z.object({
  format: z.literal(1),
  /** The version of the data (server/core/store/migrations). */
  schema: z.number().int(),
  takenAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  database: z.string(),
  /** The end of each community's log in this copy. */
  tails: z.record(z.string(), z.object({ pos: z.number().int(), seal: z.string() })),
  /** The proof of the keys (key-proof.ts); null: the database had none. */
  keyProof: z.unknown(),
  parts: z.array(Part),
  /** Rows that were appended to the log while the copy was made. */
  after: Part,
});
export type Manifest = z.infer<typeof Manifest>;

/** The folder is not a complete backup. The message is a sentence for the operator. */
export class InvalidBackupError extends Error {}

const MANIFEST = "manifest.json";
const ENCRYPTED = ".age";

/**
 * Writes documents to a file that only its owner can read, encrypted when there are recipients. Returns the file's
 * entry in the manifest.
 */
export async function writePart(
  folder: string,
  name: string,
  documents: AsyncIterable<Uint8Array>,
  recipients: readonly string[] = [],
): Promise<Part> {
  const file = `${name}.bson.gz${recipients.length ? ENCRYPTED : ""}`;
  const path = join(folder, file);
  const hash = createHash("sha256");
  let count = 0;
  const counted = new Transform({
    writableObjectMode: true,
    transform(bytes: Uint8Array, _encoding, done) {
      count++;
      done(null, bytes);
    },
  });
  const hashed = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(
    Readable.from(documents),
    counted,
    createGzip(),
    (zipped: AsyncIterable<Uint8Array>) => (recipients.length ? encryptFor(recipients, zipped) : zipped),
    hashed,
    createWriteStream(path, { mode: 0o600 }),
  );
  const handle = await open(path, "r+");
  await handle.sync();
  await handle.close();
  return { name, file, documents: count, sha256: hash.digest("hex") };
}

/**
 * The documents of a part as stored BSON. Throws {@link InvalidBackupError} when the file is truncated, {@link
 * LockedBackupError} when the identities do not open it.
 */
export async function* readPart(
  folder: string,
  part: Part,
  identities: readonly string[] = [],
): AsyncGenerator<Uint8Array> {
  let rest = Buffer.alloc(0);
  const stored = createReadStream(join(folder, part.file));
  const plain = part.file.endsWith(ENCRYPTED) ? Readable.from(decryptWith(identities, stored)) : stored;
  const unzipped = createGunzip();
  // An error on the way ends the loop below with it.
  pipeline(plain, unzipped).catch(() => undefined);
  for await (const chunk of unzipped) {
    rest = Buffer.concat([rest, chunk as Buffer]);
    let at = 0;
    while (rest.length - at >= 4) {
      const length = rest.readInt32LE(at);
      if (rest.length - at < length) break;
      yield rest.subarray(at, at + length);
      at += length;
    }
    rest = rest.subarray(at);
  }
  if (rest.length) throw new InvalidBackupError(`备份文件 ${part.file} 不完整；请换一份备份。`);
}

/** The documents of a part with their sizes in bytes. Numbers and binary data keep their BSON types. */
export async function* readDocuments(
  folder: string,
  part: Part,
  identities: readonly string[] = [],
): AsyncGenerator<{ document: Record<string, unknown>; bytes: number }> {
  for await (const bytes of readPart(folder, part, identities)) {
    const document = deserialize(bytes, { promoteValues: false, promoteBuffers: false, bsonRegExp: true });
    yield { document, bytes: bytes.length };
  }
}

/**
 * Writes the manifest. It is encrypted when there are recipients, since it has the ends of the logs and the ids of
 * communities.
 */
export async function writeManifest(
  folder: string,
  manifest: Manifest,
  recipients: readonly string[] = [],
): Promise<void> {
  const bytes = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`);
  const path = join(folder, MANIFEST);
  if (recipients.length)
    await writeFile(path + ENCRYPTED, encryptFor(recipients, Readable.from([bytes])), { mode: 0o600 });
  else await writeFile(path, bytes, { mode: 0o600 });
}

/** The text of a folder's manifest; null when it has none. */
async function manifestText(folder: string, identities: readonly string[]): Promise<string | null> {
  const path = join(folder, MANIFEST);
  const plain = await readFile(path, "utf8").catch(() => null);
  if (plain !== null) return plain;
  const stored = await readFile(path + ENCRYPTED).catch(() => null);
  if (stored === null) return null;
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of decryptWith(identities, Readable.from([stored]))) chunks.push(chunk);
  } catch (error) {
    if (error instanceof LockedBackupError) throw error;
    throw new InvalidBackupError(`${folder} 的 ${MANIFEST}${ENCRYPTED} 可能损坏或被改过；请换一份备份。`);
  }
  return Buffer.concat(chunks).toString();
}

/**
 * Reads the manifest of a folder and checks the checksum of each file. Throws {@link InvalidBackupError}, {@link
 * LockedBackupError}.
 */
export async function readManifest(folder: string, identities: readonly string[] = []): Promise<Manifest> {
  const text = await manifestText(folder, identities);
  if (text === null) throw new InvalidBackupError(`${folder} 里没有 ${MANIFEST}：这不是一份完整的备份。`);
  const parsed = Manifest.safeParse(parse(text));
  if (!parsed.success) throw new InvalidBackupError(`${folder} 的 ${MANIFEST} 读不懂；请换一份备份。`);
  for (const part of [...parsed.data.parts, parsed.data.after]) {
    const hash = createHash("sha256");
    const read = pipeline(createReadStream(join(folder, part.file)), hash);
    await read.catch(() => {
      throw new InvalidBackupError(`备份文件 ${part.file} 读不到；请换一份备份。`);
    });
    if (hash.digest("hex") !== part.sha256)
      throw new InvalidBackupError(`备份文件 ${part.file} 与校验和不符，可能损坏或被改过；请换一份备份。`);
  }
  return parsed.data;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
