import { type IncomingHttpHeaders, request } from "node:http";
import { brotliDecompressSync, gunzipSync } from "node:zlib";

/** A reply with its headers as received. */
export interface RawReply {
  status: number;
  headers: IncomingHttpHeaders;
  bytes: Buffer;
  /** The decoded body. */
  text: string;
}

export interface RawRequest {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

function decoded(bytes: Buffer, encoding: string | undefined): string {
  if (!bytes.length) return "";
  if (encoding === "br") return brotliDecompressSync(bytes).toString();
  return (encoding === "gzip" ? gunzipSync(bytes) : bytes).toString();
}

/** Sends a request without changes: `fetch` adds `Accept-Encoding` and hides the encoding of the reply. */
export const rawReply = (url: string, { method = "GET", headers = {}, body }: RawRequest = {}): Promise<RawReply> =>
  new Promise((resolve, reject) => {
    request(url, { method, headers, agent: false }, (reply) => {
      const chunks: Buffer[] = [];
      reply.on("data", (chunk: Buffer) => chunks.push(chunk));
      reply.on("error", reject);
      reply.on("end", () => {
        const bytes = Buffer.concat(chunks);
        const text = decoded(bytes, reply.headers["content-encoding"]);
        resolve({ status: reply.statusCode ?? 0, headers: reply.headers, bytes, text });
      });
    })
      .on("error", reject)
      .end(body);
  });

/** Sends a request that accepts these encodings. */
export const rawReplyTo = (accept: string, url: string, asked: RawRequest = {}): Promise<RawReply> =>
  rawReply(url, { ...asked, headers: { ...asked.headers, "accept-encoding": accept } });
