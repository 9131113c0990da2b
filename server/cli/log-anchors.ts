import { systemClock } from "../kernel/clock.ts";
import { writeFile } from "node:fs/promises";
import { startEngine } from "../../engine/index.ts";
import { INSTALLATION } from "../core/domain/audit/audit.ts";
import { readEnv } from "../env.ts";
import { anchorFile, fingerprint } from "../log/anchor-file.ts";
import { signDays } from "../log/day-anchors.ts";
import { loadKeys } from "../adapters/keys/keys.ts";
import { connect } from "../core/store/connection.ts";
import { readOptions } from "./command.ts";
import { commands } from "./commands.ts";
import { openStore } from "../open-store.ts";

/**
 * `npm run log:anchors -- --out file`: signs past days and exports the anchors of every log. May run beside a server.
 */
const values = readOptions(commands.logAnchors);
const env = readEnv();
const engine = await startEngine({
  dataDir: env.dataDir,
  uri: env.mongo.uri,
  choice: env.mongo.choice,
  share: true,
  log: (line) => console.log(line),
});
const connection = await connect(engine.uri, env.mongo.database, { patient: true });
try {
  const store = openStore(connection).store;
  const keys = await loadKeys(env.keysFile);
  const ids = [...(await store.communities.ids()), INSTALLATION];
  const signed = await Promise.all(
    ids.map(async (id) => [id, await signDays({ store, keys, clock: systemClock }, id)] as const),
  );
  const file = anchorFile(keys, Object.fromEntries(signed.filter(([, anchors]) => anchors.length > 0)));
  await writeFile(values.out, `${JSON.stringify(file, null, 1)}\n`);
  for (const [id, anchors] of signed)
    if (anchors.length) console.log(`${id}：${anchors.length} 天，至 ${anchors.at(-1)?.day}`);
  for (const key of Object.values(file.publicKeys)) console.log(`公钥指纹 ${fingerprint(key)}（另行抄下，核对时比）`);
} finally {
  await connection.close();
  await engine.stop();
}
