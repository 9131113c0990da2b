/** A data folder with DocumentDB's extensions, created once and copied for each new data folder. */
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { exists } from "../folders.ts";
import { PgClient } from "../gateway/pg-client.ts";
import { takeLock } from "../lock.ts";
import { runProgram, unprivileged } from "../processes.ts";
import { withProgress } from "../progress.ts";
import { ownedFolder, startCluster } from "./cluster.ts";
import type { Installation } from "./install.ts";
import { EngineFailure } from "../types.ts";

/**
 * How long another process may take to create the template, ms. It usually takes seconds, on a slow disk up to two
 * minutes.
 */
const WAIT_FOR_OTHER = 5 * 60_000;

async function setUp(socketPath: string): Promise<void> {
  const client = await PgClient.open(socketPath, { client_min_messages: "error" });
  await client.run("CREATE EXTENSION documentdb CASCADE");
  await client.run("CREATE EXTENSION documentdb_extended_rum");
  // Expired documents are deleted every 10 s. The jobs that build indexes in the background are removed, since the
  // gateway builds indexes at once.
  await client.run(
    "SELECT cron.alter_job(jobid, schedule => '10 seconds') FROM cron.job WHERE command LIKE '%delete_expired_rows%'",
  );
  await client.run("SELECT cron.unschedule(jobid) FROM cron.job WHERE command LIKE '%build_index_concurrently%'");
  client.close();
}

/** The template folder, which is created on first use. */
export async function ensureTemplate(
  installation: Installation,
  installDir: string,
  log: (line: string) => void,
): Promise<string> {
  const template = join(installDir, `template-${installation.major}`);
  const made = () => exists(join(template, "data"));
  if (await made()) return template;
  const lock = await takeLock(join(installDir, "template.lock"), {
    waitMs: WAIT_FOR_OTHER,
    refusal: (pid) => new EngineFailure(`进程 ${pid} 一直在准备数据库；请结束它再试`),
  });
  try {
    if (await made()) return template;
    const work = `${template}.partial`;
    await rm(work, { recursive: true, force: true });
    await ownedFolder(work);
    const options = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--wal-segsize=4", "-N"];
    const [program = "", ...args] = unprivileged(
      [join(installation.bin, "initdb"), "-D", join(work, "data"), ...options],
      "KILL",
    );
    await withProgress("准备数据库", log, async () => {
      await runProgram(program, args, { cwd: "/" });
      const cluster = await startCluster(installation, work, false, log);
      try {
        await setUp(cluster.socketPath);
      } finally {
        // Not the quick stop of throw-away data: what is copied must be complete.
        await cluster.stop("SIGINT");
      }
    });
    await rm(join(work, "socket"), { recursive: true, force: true });
    await rename(work, template);
    return template;
  } finally {
    await lock.release();
  }
}

/** Copies the template to `folder`, which must not exist. An interrupted copy leaves no `folder`. */
export async function copyTemplate(template: string, folder: string): Promise<void> {
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await runProgram("cp", ["-a", "--reflink=auto", template, partial]);
  await runProgram("sync", ["-f", partial]);
  await rename(partial, folder);
}
