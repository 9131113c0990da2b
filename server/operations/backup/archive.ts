import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { open, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";
import { deserialize } from "bson";
import { z } from "zod";

/** A file of a backup: the documents of a collection as concatenated BSON (the format of `mongodump`), compressed. */
const Part = z.object({
  name: z.string(),
  file: z.string().regex(/^[\w.-]+\.bson\.gz$/),
  documents: z.number().int(),
  sha256: z.string(),
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

/** Writes documents to a file that only its owner can read. Returns the file's entry in the manifest. */
export async function writePart(folder: string, name: string, documents: AsyncIterable<Uint8Array>): Promise<Part> {
  const file = `${name}.bson.gz`;
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
  await pipeline(Readable.from(documents), counted, createGzip(), hashed, createWriteStream(path, { mode: 0o600 }));
  const handle = await open(path, "r+");
  await handle.sync();
  await handle.close();
  return { name, file, documents: count, sha256: hash.digest("hex") };
}

/** The documents of a part as stored BSON. Throws {@link InvalidBackupError} when the file is truncated. */
export async function* readPart(folder: string, part: Part): AsyncGenerator<Uint8Array> {
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(join(folder, part.file)).pipe(createGunzip())) {
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
): AsyncGenerator<{ document: Record<string, unknown>; bytes: number }> {
  for await (const bytes of readPart(folder, part)) {
    const document = deserialize(bytes, { promoteValues: false, promoteBuffers: false, bsonRegExp: true });
    yield { document, bytes: bytes.length };
  }
}

export const writeManifest = (folder: string, manifest: Manifest): Promise<void> =>
  writeFile(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`, { mode: 0o600 });

/** Reads the manifest of a folder and checks the checksum of each file. Throws {@link InvalidBackupError}. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, MANIFEST), "utf8").catch(() => null);
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
