/**
 * The text of a CSV file as spreadsheets write it: UTF-8 with or without a byte order mark, UTF-16 with one, else GB
 * 18030, which Excel in China writes (GBK is part of it). Null when it is none of them, or no text.
 */
export function decodeText(bytes: Buffer): string | null {
  const wide =
    bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : null;
  for (const encoding of wide ? [wide] : ["utf-8", "gb18030"]) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      return text.includes("\0") ? null : text;
    } catch {
      // Of another encoding.
    }
  }
  return null;
}
