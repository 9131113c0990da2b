import { constants, crc32, createDeflate } from "node:zlib";

/** What a PNG is made of. `rows` is how many rows its data really have, by default those that the header declares. */
export interface PngParts {
  width: number;
  height: number;
  /** Bits a sample; default 16. */
  depth?: 8 | 16;
  /** Whether it has transparency, a fourth channel; default true. */
  alpha?: boolean;
  interlaced?: boolean;
  rows?: number;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(data.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}

/** Bytes of a row of `width` pixels with the byte that names its filter. */
const rowBytes = (width: number, sampleBytes: number): number => (width ? 1 + width * sampleBytes : 0);

/** Start and step of the seven passes of an interlaced PNG (Adam7): x, y, dx, dy. */
const passes = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** A PNG of one colour. It compresses to a thousandth, so that half a megabyte declares half a gigabyte. */
export async function flatPng(parts: PngParts): Promise<Buffer> {
  const { width, height, depth = 16, alpha = true, interlaced = false, rows = height } = parts;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, alpha ? 6 : 2, 0, 0, interlaced ? 1 : 0], 8);
  const pixel = ((alpha ? 4 : 3) * depth) / 8;
  const total = interlaced
    ? passes.reduce(
        (sum, [x, y, dx, dy]) => sum + Math.ceil((rows - y) / dy) * rowBytes(Math.ceil((width - x) / dx), pixel),
        0,
      )
    : rows * rowBytes(width, pixel);
  const deflate = createDeflate({ level: constants.Z_BEST_COMPRESSION });
  const zeros = Buffer.alloc(4 * 1024 * 1024);
  const packed: Buffer[] = [];
  deflate.on("data", (part: Buffer) => packed.push(part));
  for (let left = total; left > 0; left -= zeros.length) {
    const part = zeros.subarray(0, Math.min(left, zeros.length));
    await new Promise<void>((resolve) => deflate.write(part, () => resolve()));
  }
  await new Promise<void>((resolve) => deflate.once("end", resolve).end());
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("IDAT", Buffer.concat(packed)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
