import { type AddressInfo, type Server, type Socket, createServer } from "node:net";

/** The test file that every scanner knows, in two parts, so that this file is not one. */
export const eicar = Buffer.from(
  ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR", "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].join(""),
);

export interface FakeClamd {
  port: number;
  /** What it was sent by INSTREAM, piece by piece. */
  files: Buffer[][];
  /** Stops listening, and ends what is open. */
  stop(): Promise<void>;
}

/**
 * A clamd that speaks the part of the protocol that is used, as clamd(8) describes it: `zINSTREAM\0` with pieces, each
 * after its length in four bytes, up to one of length zero, and `zPING\0`. Anything else is `UNKNOWN COMMAND`. A
 * stream of more than `maxLength` bytes gets the error and the connection ends, with the rest unread. `mute` never
 * replies.
 */
export async function startFakeClamd({
  maxLength = 25 * 1024 * 1024,
  mute = false,
  path,
}: { maxLength?: number; mute?: boolean; path?: string } = {}): Promise<FakeClamd> {
  const files: Buffer[][] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
    let read = Buffer.alloc(0);
    let pieces: Buffer[] | null = null;
    const say = (text: string): void => void (mute || socket.end(`${text}\0`));
    socket.on("data", (data: Buffer) => {
      read = Buffer.concat([read, data]);
      if (!pieces) {
        const end = read.indexOf(0);
        if (end < 0) return;
        const command = read.subarray(0, end).toString("latin1");
        read = read.subarray(end + 1);
        if (command === "zPING") return say("PONG");
        if (command !== "zINSTREAM") return say("UNKNOWN COMMAND");
        pieces = [];
        files.push(pieces);
      }
      while (read.length >= 4) {
        const length = read.readUInt32BE(0);
        if (length === 0) {
          return say(Buffer.concat(pieces).includes(eicar) ? "stream: Eicar-Test-Signature FOUND" : "stream: OK");
        }
        const sum = pieces.reduce((bytes, piece) => bytes + piece.length, length);
        if (sum > maxLength) {
          socket.pause();
          return say("INSTREAM size limit exceeded. ERROR");
        }
        if (read.length < 4 + length) return;
        pieces.push(read.subarray(4, 4 + length));
        read = read.subarray(4 + length);
      }
    });
  });
  await new Promise<void>((resolve) => (path ? server.listen(path, resolve) : server.listen(0, "127.0.0.1", resolve)));
  return {
    port: path ? 0 : (server.address() as AddressInfo).port,
    files,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
