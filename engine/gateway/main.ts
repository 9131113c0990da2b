/**
 * The gateway's process: `node main.ts <unix socket> <port>`. The parent sends the key on the IPC channel, since other
 * users of the machine can read arguments. The process reports its port to the parent, and ends with the parent.
 */
import { once } from "node:events";
import { startGateway } from "./server.ts";

const [socketPath = "", port = "0"] = process.argv.slice(2);
process.on("disconnect", () => process.exit(0));
if (!process.connected) process.exit(0);
const [{ key }] = (await once(process, "message")) as [{ key: string }];
const gateway = await startGateway({ socketPath, port: Number(port), key });
// A terminal sends SIGINT to the whole process group. The parent decides when the database stops.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => process.exit(0));
process.send?.({ port: gateway.port });
