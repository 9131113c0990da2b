/** The table of the gateway's commands. Unknown commands are refused by name. */
import type { Document } from "bson";
import { DEFINE_COMMANDS } from "./commands-define.ts";
import { READ_COMMANDS } from "./commands-read.ts";
import { WRITE_COMMANDS } from "./commands-write.ts";
import { CommandError } from "./errors.ts";
import type { Call, Handler } from "./gateway.ts";
import { encode, MAX_DOCUMENT_BYTES, MAX_MESSAGE_BYTES } from "./wire.ts";

/** The MongoDB version that is reported to drivers; wire version 21 is that of 7.0. */
const VERSION = "7.0.0";
const WIRE_VERSION = 21;
/** The engine's limit (`documentdb.maxWriteBatchSize`). */
const MAX_WRITE_BATCH = 25_000;

function answer(document: (call: Call) => Document): Handler {
  return async (call) => encode({ ...document(call), ok: 1 });
}

const hello = answer((call) => ({
  helloOk: true,
  ismaster: true,
  isWritablePrimary: true,
  secondary: false,
  setName: "rs0",
  setVersion: 1,
  hosts: [call.gateway.address],
  primary: call.gateway.address,
  me: call.gateway.address,
  maxBsonObjectSize: MAX_DOCUMENT_BYTES,
  maxMessageSizeBytes: MAX_MESSAGE_BYTES,
  maxWriteBatchSize: MAX_WRITE_BATCH,
  localTime: new Date(),
  logicalSessionTimeoutMinutes: 30,
  connectionId: call.connectionId,
  minWireVersion: 0,
  maxWireVersion: WIRE_VERSION,
  readOnly: false,
}));

const buildInfo = answer(() => ({
  version: VERSION,
  versionArray: VERSION.split(".").map(Number).concat(0),
  bits: 64,
  maxBsonObjectSize: MAX_DOCUMENT_BYTES,
  modules: [],
  gitVersion: "documentdb",
}));

const serverStatus = answer((call) => ({
  host: call.gateway.address,
  version: VERSION,
  process: "mongod",
  pid: process.pid,
  uptime: Math.floor(process.uptime()),
  localTime: new Date(),
  storageEngine: { name: "documentdb" },
  gateway: { openCursors: call.gateway.cursors.count() },
}));

const ANSWERS: Record<string, Handler> = {
  hello,
  isMaster: hello,
  ismaster: hello,
  ping: answer(() => ({})),
  buildInfo,
  buildinfo: buildInfo,
  serverStatus,
  connectionStatus: answer(() => ({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] } })),
};

/** The commands by name. The server handles `endSessions` itself. */
export const COMMANDS: Record<string, Handler> = {
  ...ANSWERS,
  ...READ_COMMANDS,
  ...WRITE_COMMANDS,
  ...DEFINE_COMMANDS,
};

/** The handler of a command. Throws CommandNotFound. */
export function handlerOf(name: string): Handler {
  const handler = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (handler === undefined) throw new CommandError("CommandNotFound", `no such command: '${name}'`);
  return handler;
}
