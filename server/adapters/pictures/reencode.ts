import sharp from "sharp";
import { DomainError, refuse } from "../../kernel/errors.ts";

/** The longest side of a stored photo, px. It is enough to read a meter or a notice. */
const MAX_SIDE = 1920;
const QUALITY = 82;
/** Phones take smaller photos. */
const MAX_PIXELS = 64_000_000;
/** The most bytes of the pixels of a file, all of its pages together: {@link MAX_PIXELS} with four bytes each. */
const MAX_DECODED_BYTES = 4 * MAX_PIXELS;
/**
 * The formats of phone cameras and of pasting in browsers. SVG and PDF may contain scripts. WeChat and Safari convert
 * HEIC to JPEG.
 */
const loaders = ["Jpeg", "Png", "Webp", "Nsgif", "Heif"].map((format) => `VipsForeignLoad${format}`);

/** Bytes of a sample, by libvips' name of its type. The largest that it has is a pair of doubles. */
const sampleBytes: Readonly<Record<string, number>> = { uchar: 1, char: 1, ushort: 2, short: 2 };
const MAX_SAMPLE_BYTES = 16;

export interface Picture {
  bytes: Buffer;
  width: number;
  height: number;
}

/**
 * Sets libvips up for one picture at a time from strangers: no other format is looked at, nothing is kept after a
 * picture, and one picture takes one thread. It holds for the whole process.
 */
export function prepareDecoding(): void {
  sharp.block({ operation: ["VipsForeignLoad"] });
  sharp.unblock({ operation: loaders });
  sharp.cache(false);
  sharp.concurrency(1);
}

/**
 * Re-encodes a picture as an upright JPEG of at most 1920 px on white. This removes all other data, such as EXIF,
 * location, thumbnails and scripts. The format is detected from the content; of a file with pages the first counts.
 * What the header declares is measured before a pixel is decoded. Throws `file.not_an_image`, `file.too_many_pixels`.
 */
export async function reencode(bytes: Buffer): Promise<Picture> {
  try {
    // Without a limit of libvips', whose refusal would say nothing of the reason. Only the header is read.
    const header = await sharp(bytes, { limitInputPixels: false }).metadata();
    const { width, height, pages = 1, channels, depth } = header;
    const pixels = width * height;
    const decoded = pixels * pages * channels * (sampleBytes[depth ?? ""] ?? MAX_SAMPLE_BYTES);
    if (pixels > MAX_PIXELS || decoded > MAX_DECODED_BYTES)
      refuse("file.too_many_pixels", { millions: MAX_PIXELS / 1_000_000 });
    const { data, info } = await sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: "error" })
      .rotate()
      .resize(MAX_SIDE, MAX_SIDE, { fit: "inside", withoutEnlargement: true })
      .flatten({ background: "#ffffff" })
      .jpeg({ quality: QUALITY })
      .toBuffer({ resolveWithObject: true });
    return { bytes: data, width: info.width, height: info.height };
  } catch (error) {
    throw error instanceof DomainError ? error : new DomainError("file.not_an_image");
  }
}
