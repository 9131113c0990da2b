import { execFile } from "node:child_process";
import { readFile, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createFileAnchors } from "../../../server/log/anchors.ts";
import { createFileErasures } from "../../../server/operations/erasure-notes.ts";
import { ensureKeyProof } from "../../../server/adapters/keys/key-proof.ts";
import { loadKeys } from "../../../server/adapters/keys/keys.ts";
import { ensureSchema } from "../../../server/operations/schema.ts";
import { connect } from "../../../server/core/store/connection.ts";
import { freshDatabase } from "../../support/engine.ts";
import { submission } from "../../support/requests.ts";
import { dataFolder } from "../../support/data-folder.ts";
import { openWorld } from "../../support/world.ts";

const folder = await dataFolder();
const keys = await loadKeys(join(folder, "keys.json"));
const { uri, name } = freshDatabase();
const connection = await connect(uri, name);
const world = await openWorld({ connection, keys, anchors: createFileAnchors(join(folder, "anchors.json")) });
world.clock.set(new Date());
const { store } = world.deps;
await ensureKeyProof(store, keys);
const silent = (): void => undefined;
const resident = await world.resident();
await (await world.as(resident)).call("POST /api/requests", { body: submission() });
await world.relay.drain();

describe("the commands of backups", { timeout: 300_000 }, () => {
  const run = (
    command: string,
    args: string[],
    database: { uri: string; name: string },
    more: NodeJS.ProcessEnv = {},
  ) =>
    new Promise<{ code: number; said: string }>((resolve) => {
      const env = {
        PATH: process.env["PATH"],
        MONGODB_URI: database.uri,
        MONGODB_DATABASE: database.name,
        DATA_DIR: folder,
        ...more,
      };
      const program = join(import.meta.dirname, `../../../server/cli/${command}.ts`);
      execFile(process.execPath, [program, ...args], { env }, (error, stdout, stderr) =>
        resolve({ code: Number(error?.code ?? 0), said: stdout + stderr }),
      );
    });

  it("back up encrypted, preview a restore, restore, and refuse a second restore", async () => {
    const [out, key] = [join(folder, "third"), join(folder, "backup-key.txt")];
    const made = await run("backup-key", ["--out", key], { uri, name });
    expect(made).toMatchObject({ code: 0, said: expect.stringMatching(/BACKUP_RECIPIENTS=age1\w+/) });
    expect((await stat(key)).mode & 0o777).toBe(0o600);
    const recipients = { BACKUP_RECIPIENTS: /age1\w+/.exec(made.said)![0] };

    await ensureSchema({ connection, store, clock: world.clock, holder: "a server", say: silent }, { ask: false });
    expect(await run("backup", ["--out", out], { uri, name }, recipients)).toMatchObject({ code: 0 });
    for (const written of await readdir(out)) {
      expect(written).toMatch(/\.age$/);
      expect((await readFile(join(out, written))).subarray(0, 21).toString()).toBe("age-encryption.org/v1");
    }
    const fresh = freshDatabase();
    const locked = await run("restore", ["--from", out], fresh);
    expect(locked).toMatchObject({ code: 1, said: expect.stringContaining("--identity") });
    const restore = (...args: string[]) => run("restore", ["--from", out, "--identity", key, ...args], fresh);
    const dry = await restore("--dry-run");
    expect(dry).toMatchObject({ code: 0 });
    expect(dry.said).toMatch(/什么都没有改/);
    const real = await restore();
    expect(real.said).toMatch(/全部相符/);
    expect(real.code).toBe(0);
    const twice = await restore();
    expect(twice.said).toMatch(/--replace/);
    expect(twice.code).toBe(1);
    expect(await run("restore", ["--from", folder], fresh)).toMatchObject({ code: 1 });

    // Closings on another machine are recorded in that machine's notes.
    const unnamed = await restore("--replace", "--erasures", join(folder, "none.jsonl"));
    expect(unnamed).toMatchObject({ code: 1, said: expect.stringContaining("没有注销记录") });
    const elsewhere = join(await dataFolder(), "erasures.jsonl");
    await createFileErasures(elsewhere).note({ ids: [resident.id], at: world.clock.now() });
    const again = await restore("--replace", "--erasures", elsewhere);
    expect(again).toMatchObject({ code: 0, said: expect.stringContaining("备份以后注销的人：1 位") });
  });

  it("refuse a backup in clear in production", async () => {
    const production = {
      ...{ NODE_ENV: "production", WECHAT_APP_ID: "a", WECHAT_APP_SECRET: "b" },
      ...{ WECHAT_PUSH_TOKEN: "aToken4ThatNobodyGuesses", PUBLIC_URL: "https://example.org/" },
    };
    const refused = await run("backup", ["--out", join(folder, "fourth")], { uri, name }, production);
    expect(refused).toMatchObject({ code: 1, said: expect.stringContaining("BACKUP_RECIPIENTS") });
  });
});
