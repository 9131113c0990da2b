import { type Socket, connect } from "node:net";

/** A kept-alive HTTP connection to this machine, one request at a time. It costs a fraction of node:http's client. */
export interface HttpConnection {
  /** Sends a request. Rejects when the connection breaks. */
  send(method: "GET" | "POST" | "PUT", path: string, headers: string, body?: string): Promise<HttpReply>;
  close(): void;
}

export interface HttpReply {
  status: number;
  body: string;
}

const END_OF_HEAD = Buffer.from("\r\n\r\n");

/**
 * Parses the reply at the start of `bytes`, and where it ends. Null: it is incomplete. Throws when it has no length.
 */
export function parseReply(bytes: Buffer): { reply: HttpReply; end: number } | null {
  const head = bytes.indexOf(END_OF_HEAD);
  if (head < 0) return null;
  const text = bytes.toString("latin1", 0, head);
  const status = Number(text.slice(9, 12));
  const length = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1];
  if (length === undefined && status !== 204) throw new Error(`a reply without a length: ${text}`);
  const from = head + END_OF_HEAD.length;
  const end = from + Number(length ?? 0);
  if (bytes.length < end) return null;
  return { reply: { status, body: bytes.toString("utf8", from, end) }, end };
}

const open = (port: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const opening = connect({ port, host: "127.0.0.1", noDelay: true }, () => {
      opening.removeAllListeners("error");
      resolve(opening);
    });
    opening.once("error", reject);
  });

/**
 * Creates a connection. `headers` are whole lines with their line ends. The socket is opened by the first request, and
 * reopened after the server has closed it for idleness.
 */
export function openHttp(port: number): HttpConnection {
  let socket: Socket | null = null;
  let received: Buffer = Buffer.alloc(0);
  let waiting: { resolve: (reply: HttpReply) => void; reject: (error: Error) => void } | null = null;
  const fail = (error: Error): void => {
    socket = null;
    waiting?.reject(error);
    waiting = null;
  };
  async function reopen(): Promise<Socket> {
    const opened = await open(port);
    socket = opened;
    received = Buffer.alloc(0);
    opened.on("error", fail);
    opened.on("close", () => opened === socket && fail(new Error("the connection was closed")));
    opened.on("data", (chunk) => {
      // No request is waiting: the server sends a 408 before it closes an idle connection.
      if (!waiting) {
        socket = null;
        opened.destroy();
        return;
      }
      received = received.length ? Buffer.concat([received, chunk]) : chunk;
      const parsed = parseReply(received);
      if (!parsed) return;
      received = received.subarray(parsed.end);
      const answered = waiting;
      waiting = null;
      answered.resolve(parsed.reply);
    });
    return opened;
  }
  return {
    async send(method, path, headers, body = "") {
      const through = socket ?? (await reopen());
      const length = Buffer.byteLength(body);
      const given = method === "GET" ? "" : `Content-Type: application/json\r\nContent-Length: ${length}\r\n`;
      return new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        through.write(`${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${headers}${given}\r\n${body}`);
      });
    },
    close: () => void socket?.destroy(),
  };
}
