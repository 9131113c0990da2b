import { type AddressInfo, type Socket, connect, createServer } from "node:net";

/** A connection between a server and the database that tests can interrupt. */
export interface Line {
  port: number;
  /** Sets the port that it forwards to. */
  lead(port: number): void;
  /** Breaks all connections and accepts none for `ms`. */
  cut(ms: number): void;
  /** Ends this share (0 to 1) of the connections, and takes new ones. */
  drop(share: number): void;
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
  const drop = (share = 1): void => {
    for (const [near, far] of [...pairs].slice(0, Math.ceil(pairs.size * share))) {
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
    drop,
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
