import { access, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root, run } from "../../tools/run.ts";
import type { Stage } from "./stage.ts";
import type { Target } from "./worker.ts";

export type PeerKind = "raw" | "parse";

/** A system that the product is compared with. */
export interface Peer {
  kind: PeerKind;
  name: string;
  target: Target;
  stop(): Promise<void>;
}

/** Four driver writes, in the process of the load generator. */
export const rawDriver = ({ uri, database }: Stage): Peer => ({
  ...{ kind: "raw", name: "裸驱动四次写", target: { kind: "raw", uri, database } },
  stop: async () => undefined,
});

/** In node_modules, so that `npm ci` removes it. The product does not depend on it. */
const FOLDER = join(root, "node_modules/.cache/bench-peers");
const PARSE_SERVER = "9.10.0";

/** Installs parse-server once. Returns the reason of a failure, or null. */
async function installParse(): Promise<string | null> {
  const complete = join(FOLDER, "node_modules/parse-server", PARSE_SERVER);
  if (
    await access(complete).then(
      () => true,
      () => false,
    )
  )
    return null;
  await mkdir(FOLDER, { recursive: true });
  await writeFile(join(FOLDER, "package.json"), JSON.stringify({ private: true }));
  const wanted = [`parse-server@${PARSE_SERVER}`, "--save-exact", "--ignore-scripts", "--no-audit", "--no-fund"];
  const { code, output } = await run("npm", ["install", "--prefix", FOLDER, ...wanted], { label: "安装 parse-server" });
  if (code !== 0) return output.trim().split("\n").at(-1) ?? `npm 以 ${code} 结束`;
  // Written last, so that an interrupted installation is repeated.
  await writeFile(complete, "");
  return null;
}

/**
 * Starts parse-server with the rules of the lifecycle in its own process and database. Null, after a printed reason,
 * when
 * it cannot be installed.
 */
export async function parseServer({ uri, run: start }: Stage): Promise<Peer | null> {
  const refused = await installParse();
  if (refused !== null) {
    console.log(`  parse-server ${PARSE_SERVER} 装不上，这一项没有比：${refused}`);
    return null;
  }
  const address = new URL(uri);
  address.pathname = "/parse";
  const { ready, stop } = await start("parse-server-process.ts", [FOLDER, address.href]);
  const people = ready as { port: number; residents: string[]; cadres: string[] };
  return { kind: "parse", name: `带规则的 parse-server ${PARSE_SERVER}`, target: { kind: "parse", ...people }, stop };
}
