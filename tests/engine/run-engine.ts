/**
 * A process that owns an engine, as the server does: `run-engine.ts <dataDir> <installDir> [share]`. Prints the
 * engine's
 * uri.
 */
import { startEngine } from "../../engine/index.ts";

const [dataDir = "", installDir = "", share] = process.argv.slice(2);
const engine = await startEngine({
  dataDir,
  installDir,
  choice: "documentdb",
  share: share === "share",
  log: (line) => console.error(line),
});
for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => void engine.stop().then(() => process.exit(0)));
console.log(engine.uri);
