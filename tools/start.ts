import { build } from "./fronts.ts";
import { requireNode24 } from "./run.ts";

/** `npm start`: builds missing or stale front ends, then runs the server. */
requireNode24();
try {
  for (const front of ["h5", "console"] as const) await build(front, { onlyIfStale: true });
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
await import("../server/main.ts");
