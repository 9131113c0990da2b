/** Faults of a multipart form. */
export const multipartFaults = [
  "none", "no end", "other boundary", "no boundary", "no name", "another name", "twice", "many parts", "a name that is a path",
  "no headers", "a long header", "an empty part", "no multipart at all", "in another encoding",
] as const; // prettier-ignore
export type MultipartFault = (typeof multipartFaults)[number];

const BOUNDARY = "----fuzz7d1b";

const part = (head: string, bytes: Buffer): Buffer =>
  Buffer.concat([Buffer.from(`--${BOUNDARY}\r\n${head}\r\n\r\n`), bytes, Buffer.from("\r\n")]);
const named = (name: string, more = ""): string =>
  `Content-Disposition: form-data; name="${name}"; filename="photo.jpg"\r\nContent-Type: image/jpeg${more}`;
const end = Buffer.from(`--${BOUNDARY}--\r\n`);

/** A multipart form of the file with a fault. */
export function multipart(bytes: Buffer, fault: MultipartFault): { type: string; body: Buffer } {
  const type = `multipart/form-data; boundary=${BOUNDARY}`;
  const file = part(named("file"), bytes);
  const form = (...parts: Buffer[]): { type: string; body: Buffer } => ({ type, body: Buffer.concat([...parts, end]) });
  switch (fault) {
    case "none":
      return form(file);
    case "no end":
      return { type, body: file };
    case "other boundary":
      return { ...form(file), type: "multipart/form-data; boundary=another" };
    case "no boundary":
      return { ...form(file), type: "multipart/form-data" };
    case "no name":
      return form(part("Content-Disposition: form-data", bytes));
    case "another name":
      return form(part(named("__proto__"), bytes));
    case "twice":
      return form(file, file);
    case "many parts":
      return form(
        ...Array.from({ length: 3_000 }, (_, n) =>
          part(`Content-Disposition: form-data; name="f${n}"`, Buffer.from("x")),
        ),
      );
    case "a name that is a path":
      return form(
        part('Content-Disposition: form-data; name="file"; filename="../../../../etc/passwd\u0000.jpg"', bytes),
      );
    case "no headers":
      return form(part("", bytes));
    case "a long header":
      return form(part(named("file", `\r\nX-Long: ${"a".repeat(100_000)}`), bytes));
    case "an empty part":
      return form(part(named("file"), Buffer.alloc(0)));
    case "no multipart at all":
      return { type, body: bytes };
    case "in another encoding":
      return form(part(named("file", "\r\nContent-Transfer-Encoding: base64"), Buffer.from(bytes.toString("base64"))));
  }
}
