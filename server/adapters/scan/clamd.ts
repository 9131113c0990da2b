import { type Socket, connect } from "node:net";

/** Where clamd listens: a Unix socket or a host and port. */
export type ClamdAddress = { path: string } | { host: string; port: number };

/** What clamd says of a file. */
export type Verdict = { found: null } | { found: string } | { refused: string };

/** The largest piece of a file that is sent at once, bytes. */
const PIECE = 64 * 1024;

/** Reads `CLAMD_SOCKET`: a path that begins with `/`, or `host:port`, IPv6 in brackets. Null: it is neither. */
export function clamdAddress(text: string): ClamdAddress | null {
  if (text.startsWith("/")) return { path: text };
  const at = text.lastIndexOf(":");
  const [host, port] = [text.slice(0, at), Number(text.slice(at + 1))];
  if (at < 1 || !Number.isInteger(port) || port < 1 || port > 65_535) return null;
  return { host: host.startsWith("[") && host.endsWith("]") ? host.slice(1, -1) : host, port };
}

/**
 * Sends one command of clamd's protocol and what belongs to it, and returns the reply. Rejects when clamd is away, ends
 * the connection without a reply, or says nothing for `timeoutMs`.
 */
function ask(address: ClamdAddress, timeoutMs: number, send: (socket: Socket) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(address);
    let reply = "";
    const settle = (error?: Error): void => {
      const end = reply.indexOf("\0");
      if (end >= 0) resolve(reply.slice(0, end));
      else reject(error ?? new Error("clamd ended the connection without a reply"));
      socket.destroy();
    };
    socket.setTimeout(timeoutMs, () => settle(new Error("clamd does not reply")));
    socket.setEncoding("latin1");
    socket.on("data", (text: string) => {
      reply += text;
      if (reply.includes("\0")) settle();
    });
    // Of a file that is too large clamd says so and closes, so that the rest of it cannot be written. What it said
    // counts.
    socket.on("error", settle);
    socket.on("close", () => settle());
    send(socket);
  });
}

/** Whether clamd is there. */
export async function ping(address: ClamdAddress, timeoutMs: number): Promise<boolean> {
  return (await ask(address, timeoutMs, (socket) => socket.write("zPING\0"))) === "PONG";
}

/**
 * Has clamd scan a file by `INSTREAM`: pieces with their length before them, then a length of zero. `refused` is what
 * clamd says when it cannot, such as that its `StreamMaxLength` is exceeded.
 */
export async function scan(address: ClamdAddress, timeoutMs: number, bytes: Buffer): Promise<Verdict> {
  const reply = await ask(address, timeoutMs, (socket) => {
    socket.write("zINSTREAM\0");
    for (let at = 0; at < bytes.length; at += PIECE) {
      const piece = bytes.subarray(at, at + PIECE);
      socket.write(lengthOf(piece.length));
      socket.write(piece);
    }
    socket.write(lengthOf(0));
  });
  if (reply === "stream: OK") return { found: null };
  const found = reply.startsWith("stream: ") && reply.endsWith(" FOUND");
  return found ? { found: reply.slice("stream: ".length, -" FOUND".length) } : { refused: reply };
}

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes);
  return length;
}
