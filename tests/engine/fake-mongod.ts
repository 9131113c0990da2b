/**
 * A fake `mongod`: records its arguments, answers the commands of a start, and stores the replica set's configuration.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { encode, encodeReply, decode, FrameReader, parseFrame } from "../../engine/gateway/wire.ts";

const args = process.argv.slice(2);
if (args.includes("--version")) {
  console.log("db version v7.0.14\nBuild Info: {}");
  process.exit(0);
}
const valueOf = (name: string): string => args[args.indexOf(name) + 1] ?? "";
const folder = valueOf("--dbpath");
const configFile = join(folder, "config.json");
writeFileSync(join(folder, "args.json"), JSON.stringify(args));
writeFileSync(join(folder, "WiredTiger"), "");
writeFileSync(join(folder, "mongod.lock"), `${process.pid}\n`);

function answer(command: Record<string, unknown>): Record<string, unknown> {
  const config: unknown = existsSync(configFile) ? JSON.parse(readFileSync(configFile, "utf8")) : null;
  const wanted = command["replSetInitiate"] ?? command["replSetReconfig"];
  if (wanted !== undefined) {
    writeFileSync(configFile, JSON.stringify({ version: 1, ...wanted, force: command["force"] === true }));
    return { ok: 1 };
  }
  if ("replSetGetConfig" in command)
    return config === null
      ? { ok: 0, code: 94, codeName: "NotYetInitialized", errmsg: "no replset config" }
      : { ok: 1, config };
  const known = {
    maxBsonObjectSize: 16_777_216,
    maxMessageSizeBytes: 48_000_000,
    maxWriteBatchSize: 100_000,
    minWireVersion: 0,
    maxWireVersion: 21,
  };
  return { ok: 1, isWritablePrimary: config !== null, ismaster: config !== null, secondary: false, ...known };
}

createServer((socket) => {
  const reader = new FrameReader();
  socket.on("error", () => undefined);
  socket.on("data", (chunk) => {
    for (const frame of reader.push(chunk)) {
      const request = parseFrame(frame);
      socket.write(encodeReply(request, encode(answer(JSON.parse(JSON.stringify(decode(request.body)))))));
    }
  });
}).listen(Number(valueOf("--port")), valueOf("--bind_ip"));
process.on("SIGTERM", () => {
  writeFileSync(join(folder, "mongod.lock"), "");
  process.exit(0);
});
