import { randomBytes } from "node:crypto";
import sharp from "sharp";

/** A photo as from a phone: with a location in its EXIF, and rotated (orientation 6). */
export const phonePhoto = ({ width = 800, height = 600 } = {}): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: "#c08040" } })
    .withExif({
      IFD0: { Make: "Phone", ImageDescription: "at home" },
      IFD3: { GPSLatitudeRef: "N", GPSLatitude: "31/1 12/1 0/1", GPSLongitudeRef: "E", GPSLongitude: "121/1 28/1 0/1" },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();

/** A photo that does not compress: 8.5 MB, like a phone's photo at night. */
export async function noisePhoto(): Promise<Buffer> {
  const [width, height] = [2900, 2200];
  const raw = { width, height, channels: 3 } as const;
  return sharp(randomBytes(width * height * 3), { raw })
    .jpeg({ quality: 100 })
    .toBuffer();
}
