import sharp from "sharp";
import { DomainError } from "../../kernel/errors.ts";

/** The longest side of a stored photo, px: enough to read a meter or a notice. */
const MAX_SIDE = 1920;
const QUALITY = 82;
/** A picture with more pixels is a bomb or a poster, not a phone's photo. */
const MAX_PIXELS = 64_000_000;
/** What phones take and browsers paste. SVG and PDF are programs; HEIC comes as JPEG from WeChat and Safari. */
const formats: readonly string[] = ["jpeg", "png", "webp", "gif", "heif"];

export interface Photo {
  bytes: Buffer;
  width: number;
  height: number;
}

/**
 * A photo made anew as a JPEG of at most 1920 px, upright, on white: whatever else the bytes held (EXIF, place,
 * thumbnails, scripts) is gone. What it is is found out from the content. Throws `file.not_an_image`.
 */
export async function reencode(bytes: Buffer): Promise<Photo> {
  try {
    const image = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: "error" });
    const { format } = await image.metadata();
    if (!formats.includes(format)) throw new DomainError("file.not_an_image");
    const { data, info } = await image
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
