/** The gateway's server: MongoDB's protocol on loopback in front of DocumentDB's functions. */
import { createServer, type AddressInfo, type Socket } from "node:net";
import type { Document } from "bson";
import { createCollections } from "./collections.ts";
import { handlerOf } from "./commands.ts";
import { READ_COMMANDS } from "./commands-read.ts";
import { createCursors } from "./cursors.ts";
import { CommandError, errorReply, toCommandError } from "./errors.ts";
import type { Call, Gateway } from "./gateway.ts";
import { PgClient } from "./pg-client.ts";
import { createPool } from "./pg-pool.ts";
import { createRetryableWrites, type WriteNumber } from "./retryable-writes.ts";
import { createSignIns, type SignIn } from "./sign-in.ts";
import { type Fields, readFields } from "./fields.ts";
import { BrokenFrame, decode, encode, encodeReply, FrameReader, parseFrame, type Request } from "./wire.ts";

/** PostgreSQL allows 100 connections, of which its own jobs need a few. */
const COMMAND_CONNECTIONS = 8;
const ASIDE_CONNECTIONS = 2;
const SETTINGS = {
  client_encoding: "UTF8",
  client_min_messages: "error",
  // Otherwise a deadlock becomes a write error while the rest commits, and a retry would apply the write twice.
  "documentdb.throwDeadlockOnCRUD": "on",
  deadlock_timeout: "100ms",
};

export interface GatewayServer {
  port: number;
  close(): Promise<void>;
}

function writeNumberOf(fields: Fields): WriteNumber | null {
  const lsid = fields.get("lsid");
  const number = fields.get("txnNumber");
  if (!Buffer.isBuffer(lsid) || number === undefined) return null;
  if (typeof number !== "bigint") throw new CommandError("TypeMismatch", "txnNumber must be a 64-bit integer");
  return { session: lsid.toString("base64"), number };
}

function endSessions(gateway: Gateway, body: Buffer): Buffer {
  const ids = (decode(body)["endSessions"] ?? []) as Document[];
  gateway.retryableWrites.forget(ids.map((lsid) => encode(lsid).toString("base64")));
  return encode({ ok: 1 });
}

/** `$dateTrunc: {` in BSON. The engine truncates to a wrong day and week, so it is refused. */
const DATE_TRUNC = Buffer.from("\x03$dateTrunc\0", "latin1");

/** Refuses commands that the engine would answer wrongly. Throws CommandError. */
function refuseWrongAnswers(name: string, body: Buffer, fields: Fields): void {
  if (fields.get("autocommit") === false)
    throw new CommandError("CommandNotSupported", "the embedded engine has no transactions");
  const readConcern = fields.get("readConcern");
  if (Buffer.isBuffer(readConcern) && readFields(readConcern).get("level") === "snapshot") {
    throw new CommandError("CommandNotSupported", 'the embedded engine has no readConcern "snapshot"');
  }
  if (name !== "insert" && body.includes(DATE_TRUNC)) {
    throw new CommandError(
      "CommandNotSupported",
      "the embedded engine truncates days wrongly: use $dateToString instead of $dateTrunc",
    );
  }
}

/** A client's connection. */
interface Connection {
  id: number;
  socket: Socket;
  signIn: SignIn;
  /**
   * The PostgreSQL connections that read for this client. When the client disconnects, their statements are cancelled.
   */
  reading: Set<PgClient>;
}

function runner(gateway: Gateway, connection: Connection, name: string): Call["run"] {
  // A write is completed even when its client disconnects, since a retry may ask for its reply.
  if (!Object.hasOwn(READ_COMMANDS, name)) return (work) => gateway.commands.use(work);
  return (work) =>
    gateway.commands.use(async (client) => {
      connection.reading.add(client);
      try {
        return await work(client);
      } finally {
        connection.reading.delete(client);
      }
    });
}

async function answer(gateway: Gateway, request: Request, connection: Connection): Promise<Buffer> {
  const fields = readFields(request.body);
  const [name, value] = fields.entries().next().value ?? ["", null];
  const database = fields.get("$db");
  const write = writeNumberOf(fields);
  const signingIn = connection.signIn.answer(name, request.body);
  if (signingIn) return signingIn;
  if (name === "endSessions") return endSessions(gateway, request.body);
  refuseWrongAnswers(name, request.body, fields);
  const handler = handlerOf(name);
  const call: Call = {
    gateway,
    name,
    database: typeof database === "string" ? database : "admin",
    collection: typeof value === "string" ? value : "",
    fields,
    body: request.body,
    sequence: request.sequence,
    connectionId: connection.id,
    run: runner(gateway, connection, name),
  };
  if (write !== null) return gateway.retryableWrites.once(write, () => handler(call));
  return handler(call);
}

async function reply(gateway: Gateway, request: Request, connection: Connection): Promise<void> {
  const { socket } = connection;
  let document: Uint8Array;
  try {
    document = await answer(gateway, request, connection);
  } catch (error) {
    document = encode(errorReply(toCommandError(error)));
  }
  if (request.wantsReply && !socket.destroyed) socket.write(encodeReply(request, document));
}

function serve(gateway: Gateway, connection: Connection): void {
  const { socket } = connection;
  const reader = new FrameReader();
  // The requests of a connection are answered in order.
  let tail = Promise.resolve();
  socket.setNoDelay(true);
  socket.on("error", () => socket.destroy());
  socket.on("close", () => {
    for (const client of connection.reading) client.abandon();
  });
  socket.on("data", (chunk) => {
    try {
      for (const frame of reader.push(chunk)) {
        const request = parseFrame(frame);
        tail = tail.then(() => reply(gateway, request, connection));
      }
    } catch (error) {
      socket.destroy(error instanceof BrokenFrame ? undefined : (error as Error));
    }
  });
}

/**
 * Starts the gateway on 127.0.0.1; port 0 selects a free one. `socketPath` is PostgreSQL's unix socket. Every user of
 * the machine can connect to the port. A client that has not signed in with `key` can run no command.
 */
export async function startGateway(options: { socketPath: string; port: number; key: string }): Promise<GatewayServer> {
  const open = () => PgClient.open(options.socketPath, SETTINGS);
  const commands = createPool(COMMAND_CONNECTIONS, open);
  const asides = createPool(ASIDE_CONNECTIONS, open);
  const definitions = createPool(1, open);
  const gateway: Gateway = {
    address: "",
    commands,
    asides,
    definitions,
    retryableWrites: createRetryableWrites(),
    cursors: createCursors(asides, Date.now),
    collections: createCollections(definitions),
  };
  const newSignIn = createSignIns(options.key);
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    serve(gateway, { id: ++connections, socket, signIn: newSignIn(), reading: new Set() });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  gateway.address = `127.0.0.1:${port}`;
  return {
    port,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      for (const pool of [commands, asides, definitions]) pool.close();
    },
  };
}
