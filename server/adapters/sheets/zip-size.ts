/** Signatures of the zip format (APPNOTE 4.3): local file header, end of central directory, central directory entry. */
const LOCAL = 0x04034b50;
const END = 0x06054b50;
const ENTRY = 0x02014b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
/** The longest comment that may follow the end record, bytes. */
const MAX_COMMENT = 65_535;
const MAX_ENTRIES = 500;

export const isZip = (bytes: Buffer): boolean => bytes.length > END_BYTES && bytes.readUInt32LE(0) === LOCAL;

/**
 * The unpacked size that a zip file's directory declares, bytes; null when it is not declared. The reader unpacks no
 * entry beyond its declared size, so a decompression bomb must declare its size here.
 */
export function declaredBytes(bytes: Buffer): number | null {
  const first = Math.max(0, bytes.length - END_BYTES - MAX_COMMENT);
  let end = bytes.length - END_BYTES;
  while (end >= first && bytes.readUInt32LE(end) !== END) end--;
  if (end < first) return null;
  const entries = bytes.readUInt16LE(end + 10);
  if (entries > MAX_ENTRIES) return Infinity;
  let at = bytes.readUInt32LE(end + 16);
  let total = 0;
  for (let n = 0; n < entries; n++) {
    if (at + ENTRY_BYTES > bytes.length || bytes.readUInt32LE(at) !== ENTRY) return null;
    const [packed, unpacked] = [bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24)];
    // Sizes stored elsewhere (ZIP64) or not at all. Sheets that spreadsheet programs save have neither.
    if (unpacked === 0xffffffff || (packed > 0 && unpacked === 0)) return null;
    total += unpacked;
    at += ENTRY_BYTES + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return total;
}
