/**
 * The gateway's process: `node main.ts <unix socket> <port>`. Tells its parent the port, and ends when the parent
 * does.
 */
import { startGateway } from "./server.ts";

const [socketPath = "", port = "0"] = process.argv.slice(2);
const gateway = await startGateway({ socketPath, port: Number(port) });
process.on("disconnect", () => process.exit(0));
// A terminal sends SIGINT to the whole group: the parent decides when the database may go.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => process.exit(0));
process.send?.({ port: gateway.port });
