import { type Front, build, fronts } from "./fronts.ts";
import { requireNode24 } from "./run.ts";

/**
 * `npm run build [h5|weapp|console]`: builds one front end. Without an argument it builds those that the server serves.
 */
requireNode24();
const asked = process.argv.slice(2);
const unknown = asked.find((name) => !(name in fronts));
if (unknown) {
  console.error(`没有“${unknown}”这个端，可以是 ${Object.keys(fronts).join("、")}。`);
  process.exit(1);
}
try {
  for (const front of asked.length ? (asked as Front[]) : (["h5", "console"] as const)) await build(front);
} catch (error) {
  console.error((error as Error).message);
  process.exit(1);
}
