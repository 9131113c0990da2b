import { once } from "node:events";
import { type AddressInfo, type Socket, connect, createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { driverConnection, endWritesOnClose } from "../../../server/core/store/end-writes-on-close.ts";

interface Commanding {
  command(ns: object, command: object, options: object): Promise<unknown>;
}

/** The driver's connection over a socket to a server that reads nothing. */
function connectionOver(socket: Socket): Commanding {
  const Connection = driverConnection() as unknown as new (stream: Socket, options: object) => Commanding;
  return new Connection(socket, { id: 1, generation: 0, hostAddress: { toString: () => "127.0.0.1" } });
}

const ns = { db: "admin", withCollection: () => ns, toString: () => "admin.$cmd" };

describe("a command of the driver", () => {
  const server = createServer((socket) => socket.pause());
  beforeAll(async () => {
    endWritesOnClose();
    await once(server.listen(0, "127.0.0.1"), "listening");
  });
  afterAll(() => server.close());

  async function open(): Promise<Socket> {
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
    await once(socket, "connect");
    return socket;
  }

  it("ends when its socket was closed without an error just before", async () => {
    const socket = await open();
    const connection = connectionOver(socket);
    // The driver hears of it only when "close" is emitted, which is after the command.
    socket.destroy();
    await expect(connection.command(ns, { hello: 1 }, {})).rejects.toThrow("closed");
  });

  it("ends when its socket is closed while the write waits for the other side to read", async () => {
    const socket = await open();
    const connection = connectionOver(socket);
    const large = { insert: "things", documents: [{ text: "字".repeat(4_000_000) }] };
    const ended = connection.command(ns, large, {}).catch((error: unknown) => String(error));
    await expect.poll(() => socket.writableNeedDrain).toBe(true);
    socket.destroy();
    expect(await ended).toContain("closed");
  });
});
