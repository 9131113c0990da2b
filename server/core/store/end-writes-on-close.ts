import type { EventEmitter } from "node:events";
import { createRequire } from "node:module";

/** What is used here of the driver's connection, which it does not export. */
interface DriverConnection extends EventEmitter {
  /** Why the connection was closed; null while it is open. */
  error: Error | null;
  writeCommand(...args: unknown[]): Promise<void>;
}

interface DriverConnectionClass {
  readonly CLOSE: string;
  readonly prototype: DriverConnection;
}

/** The driver's class of connections. Its modules are one per process. */
export const driverConnection = (): DriverConnectionClass =>
  (
    createRequire(createRequire(import.meta.url).resolve("mongoose"))("mongodb/lib/cmap/connection.js") as {
      Connection: DriverConnectionClass;
    }
  ).Connection;

let done = false;

/**
 * Makes writes of the MongoDB driver end when their connection closes. `writeCommand` of driver 7.8 waits for "drain"
 * or "error". A socket that was closed without an error emits neither. A command that was written in that moment
 * therefore never ended. When it was the monitor's, the client found no server any more. Safe to repeat. Throws when
 * the driver has no such method.
 */
export function endWritesOnClose(): void {
  if (done) return;
  const { CLOSE, prototype } = driverConnection();
  const { writeCommand } = prototype;
  if (typeof writeCommand !== "function") throw new TypeError("the MongoDB driver's connection has no writeCommand");
  prototype.writeCommand = async function (this: DriverConnection, ...args) {
    const { promise: closed, reject } = Promise.withResolvers<never>();
    const onClose = (): void => reject(this.error ?? new Error("the connection closed during a write"));
    this.once(CLOSE, onClose);
    try {
      await Promise.race([writeCommand.apply(this, args), closed]);
    } finally {
      this.off(CLOSE, onClose);
    }
  };
  done = true;
}
