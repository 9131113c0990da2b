import { crc32, deflateRawSync, deflateSync } from "node:zlib";
import sharp from "sharp";

/** A zip of these entries. `says` is a false uncompressed size. */
export function zipOf(entries: readonly { name: string; bytes: Buffer; says?: number }[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, bytes, says } of entries) {
    const packed = deflateRawSync(bytes);
    const title = Buffer.from(name);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(says ?? bytes.length, 18);
    common.writeUInt16LE(title.length, 22);
    const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), common, title, packed]);
    const entry = Buffer.alloc(46 + title.length);
    entry.write("PK\u0001\u0002");
    entry.writeUInt16LE(20, 4);
    common.copy(entry, 6);
    entry.writeUInt32LE(at, 42);
    title.copy(entry, 46);
    parts.push(local);
    directory.push(entry);
    at += local.length;
  }
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(
    directory.reduce((sum, { length }) => sum + length, 0),
    12,
  );
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

const sheet = (rows: string): string =>
  `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`;

/** A workbook whose first sheet is this XML. */
function workbook(xml: string | Buffer, says?: number, shared = ""): Buffer {
  const types =
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>';
  const relation = (id: string, type: string, target: string): string =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/></Relationships>`;
  const book =
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>';
  return zipOf([
    { name: "[Content_Types].xml", bytes: Buffer.from(types) },
    { name: "_rels/.rels", bytes: Buffer.from(relation("rId1", "officeDocument", "xl/workbook.xml")) },
    { name: "xl/workbook.xml", bytes: Buffer.from(book) },
    { name: "xl/_rels/workbook.xml.rels", bytes: Buffer.from(relation("rId1", "worksheet", "worksheets/sheet1.xml")) },
    ...(shared ? [{ name: "xl/sharedStrings.xml", bytes: Buffer.from(shared) }] : []),
    { name: "xl/worksheets/sheet1.xml", bytes: Buffer.from(xml), ...(says === undefined ? {} : { says }) },
  ]);
}

const row = (n: number, ...cells: string[]): string =>
  `<row r="${n}">${cells.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join("")}</row>`;
const entities = Array.from({ length: 10 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`).join("");
const bomb = Buffer.alloc(60_000_000, 32);

/** A PNG of the given size with empty or too little image data. */
function pngOf(width: number, height: number, data: Buffer): Buffer {
  const chunk = (type: string, bytes: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), bytes]);
    const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    size.writeUInt32BE(bytes.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([size, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", head), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]);
}

const small = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#888" } })
  .jpeg()
  .toBuffer();
const gif = await sharp({ create: { width: 4, height: 4, channels: 3, background: "#888" } })
  .gif()
  .toBuffer();

/** Uploads of many kinds for operations that expect a photo or a list. */
export const files: Readonly<Record<string, Buffer>> = {
  "a photo": small,
  "half a photo": small.subarray(0, small.length / 2),
  "a photo with a tail that is a zip": Buffer.concat([
    small,
    zipOf([{ name: "a.html", bytes: Buffer.from("<script>") }]),
  ]),
  "a zip with a head that is a photo": Buffer.concat([small, workbook(sheet(row(1, "楼栋", "单元")))]),
  "a gif that is a script": Buffer.concat([gif, Buffer.from("*/=1;alert(1)//")]),
  "a png of 60000 × 60000": pngOf(60_000, 60_000, deflateSync(Buffer.alloc(1000))),
  "a png of 8000 × 7900, all of it there": pngOf(8_000, 7_900, deflateSync(Buffer.alloc(8_000 * 3 * 7_900 + 7_900))),
  "a png of 0 × 0": pngOf(0, 0, deflateSync(Buffer.alloc(1))),
  "a picture that is a page": Buffer.from(
    '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>',
  ),
  "a pdf": Buffer.from("%PDF-1.7\n1 0 obj<</JS(app.alert(1))>>endobj\ntrailer<<>>"),
  nothing: Buffer.alloc(0),
  zeros: Buffer.alloc(5_000_000),
  "a list": Buffer.from("楼栋,单元\n8号楼,1单元\n8号楼,2单元\n"),
  "a list of 100000 rows": Buffer.from(`楼栋,单元\n${"9号楼,1单元\n".repeat(100_000)}`),
  "a list of one endless cell": Buffer.from(`楼栋,单元\n"${"长".repeat(600_000)}`),
  "a list of columns": Buffer.from(`楼栋,单元${",x".repeat(500_000)}\n`),
  "a list in no encoding": Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x00, 0x00, 0x80, 0x81]),
  "a list with awkward names": Buffer.from("楼栋,单元\n=1+1,\u202e\n__proto__,constructor\n\ud83d家,𠮷\n"),
  "a workbook": workbook(sheet(row(1, "楼栋", "单元") + row(2, "8号楼", "1单元"))),
  "a workbook that becomes 60 MB": workbook(bomb),
  "a workbook that says it is small": workbook(bomb, 1000),
  "a workbook with rows far down": workbook(sheet(row(1, "楼栋", "单元") + row(1_048_576, "8号楼", "1单元"))),
  "a workbook with entities in entities": workbook(
    `<!DOCTYPE w [<!ENTITY e0 "长长长长长长">${entities}]>${sheet(row(1, "楼栋", "&e10;"))}`,
  ),
  "a workbook with a foreign entity": workbook(
    `<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>${sheet(row(1, "楼栋", "单元") + row(2, "&x;", "1单元"))}`,
  ),
  "a workbook that is no XML": workbook("<worksheet><sheetData><row"),
  "a workbook that refers to strings that are not": workbook(
    sheet('<row r="1"><c t="s"><v>99999999</v></c><c t="s"><v>-1</v></c></row>'),
    undefined,
    "<sst/>",
  ),
  "a zip of 600 files": zipOf(Array.from({ length: 600 }, (_, n) => ({ name: `f${n}`, bytes: Buffer.from("x") }))),
  "a zip with paths": zipOf([{ name: "../../../etc/x", bytes: Buffer.from("x") }]),
  "the end of a zip only": Buffer.concat([
    Buffer.from("PK\u0003\u0004"),
    Buffer.alloc(40),
    Buffer.from("PK\u0005\u0006"),
    Buffer.alloc(18, 0xff),
  ]),
};
