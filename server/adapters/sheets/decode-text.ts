/**
 * Decodes a CSV file as spreadsheets write it: UTF-8 with or without a byte order mark, UTF-16 with one, or GB 18030,
 * which includes the GBK of Chinese Excel. Null when the bytes are none of these, or not text.
 */
export function decodeText(bytes: Buffer): string | null {
  const wide =
    bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : null;
  for (const encoding of wide ? [wide] : ["utf-8", "gb18030"]) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      return text.includes("\0") ? null : text;
    } catch {
      // Try the next encoding.
    }
  }
  return null;
}
