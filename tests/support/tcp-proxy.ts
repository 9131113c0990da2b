import { type AddressInfo, type Socket, connect, createServer } from "node:net";

/** A line between a server and the database, that can be cut. */
export interface Line {
  port: number;
  /** Where it leads from now on. */
  lead(port: number): void;
  /** Ends every connection as a broken network does, and takes none for so long, ms. */
  cut(ms: number): void;
  /** Nothing passes for so long, ms, and then everything does. */
  stall(ms: number): void;
  close(): void;
}

export async function openLine(): Promise<Line> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let target = 0;
  let closedUntil = 0;
  const server = createServer((near) => {
    if (Date.now() < closedUntil) {
      near.resetAndDestroy();
      return;
    }
    const far = connect(target, "127.0.0.1");
    const pair = [near, far] as const;
    pairs.add(pair);
    near.pipe(far).pipe(near);
    for (const socket of pair) {
      socket.on("error", () => undefined);
      socket.on("close", () => {
        pairs.delete(pair);
        for (const one of pair) one.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const drop = (): void => {
    for (const [near, far] of pairs) {
      near.resetAndDestroy();
      far.resetAndDestroy();
    }
  };
  return {
    port: (server.address() as AddressInfo).port,
    lead(port) {
      target = port;
    },
    cut(ms) {
      closedUntil = Date.now() + ms;
      drop();
    },
    stall(ms) {
      const held = [...pairs].flat();
      for (const socket of held) socket.pause();
      setTimeout(() => {
        for (const socket of held) socket.resume();
      }, ms);
    },
    close() {
      server.close();
      drop();
    },
  };
}
