/** A PostgreSQL data folder with DocumentDB in it: made once as a template, copied, started, stopped. */
import { chown, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PgClient } from "../gateway/pg-client.ts";
import { exists, waitForLeftover } from "../folders.ts";
import { takeLock } from "../lock.ts";
import { isRoot, runProgram, type Service, startService, UNPRIVILEGED, unprivileged } from "../processes.ts";
import { withProgress } from "../progress.ts";
import type { Installation } from "./install.ts";

/** A unix socket's path holds 107 bytes, and its name in the folder takes 15. */
const SOCKET_FOLDER_LIMIT = 90;
/** Recovery after a crash replays the log since the last checkpoint: seconds, on a slow disk minutes. */
const START_LIMIT = 5 * 60_000;
const FAST_STOP_LIMIT = 30_000;

/** A running PostgreSQL. */
export interface Cluster {
  socketPath: string;
  service: Service;
  stop(): Promise<void>;
}

function settings(socketDir: string, durable: boolean): string[] {
  const values: Record<string, string> = {
    shared_preload_libraries: "pg_cron,pg_documentdb_core,pg_documentdb,pg_documentdb_extended_rum",
    listen_addresses: "",
    unix_socket_directories: socketDir,
    unix_socket_permissions: "0700",
    max_connections: "100",
    "cron.host": socketDir,
    "cron.use_background_workers": "on",
    "cron.log_run": "off",
    "documentdb.localhost_connection_string": `host=${socketDir}`,
    "documentdb.useFileBasedPersistedCursors": "on",
    "documentdb.defaultCursorExpiryTimeLimitSeconds": "600",
    "documentdb_core.enableCollation": "on",
    // Indexes of this kind are ordered: a sorted page is read from the index instead of sorting every match.
    "documentdb.alternate_index_handler_name": "extended_rum",
    log_min_messages: "error",
    // A small collection is analyzed early: until then the planner does not know its indexes are worth it.
    autovacuum_naptime: "10s",
    autovacuum_analyze_threshold: "20",
  };
  if (!durable) Object.assign(values, { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_wal_size: "256MB" });
  return Object.entries(values).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** Makes a folder that the database's user owns. */
export async function ownedFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  if (isRoot()) await chown(path, UNPRIVILEGED, UNPRIVILEGED);
}

async function socketFolder(folder: string): Promise<{ path: string; temporary: boolean }> {
  const inside = join(folder, "socket");
  const short = Buffer.byteLength(inside) <= SOCKET_FOLDER_LIMIT;
  const path = short ? inside : await mkdtemp(join(tmpdir(), "dianxiaoer-"));
  // A killed server leaves its socket and the socket's lock file behind.
  await rm(path, { recursive: true, force: true });
  await ownedFolder(path);
  return { path, temporary: !short };
}

async function answers(socketPath: string): Promise<boolean> {
  try {
    const client = await PgClient.open(socketPath, {});
    await client.query("SELECT 1");
    client.close();
    return true;
  } catch {
    return false;
  }
}

/** Starts the server once; null when the backends of a killed one are still there, which go within moments. */
async function launch(command: string[], socketPath: string, deadline: number): Promise<Service | null> {
  const service = startService(command, { cwd: "/" });
  let exited = false;
  void service.exited.then(() => (exited = true));
  while (!(await answers(socketPath))) {
    if (exited && service.output().includes("pre-existing shared memory block") && Date.now() < deadline) return null;
    if (exited || Date.now() > deadline) {
      await service.stop("SIGQUIT", 5_000);
      throw new Error(`数据库没有启动起来，请查看下面的原因后重试：\n${service.output()}`);
    }
    await sleep(20);
  }
  return service;
}

/** Starts PostgreSQL on `folder` (its data in `folder/data`), and waits until it answers. */
export async function startCluster(installation: Installation, folder: string, durable: boolean, log: (line: string) => void): Promise<Cluster> {
  const data = join(folder, "data");
  await waitForLeftover(join(data, "postmaster.pid"), data);
  const socket = await socketFolder(folder);
  const postgres = [join(installation.bin, "postgres"), "-D", data, ...settings(socket.path, durable)];
  const command = unprivileged(postgres, durable ? "INT" : "QUIT");
  const socketPath = join(socket.path, ".s.PGSQL.5432");
  const deadline = Date.now() + START_LIMIT;
  const service = await withProgress("数据库正在恢复上次没有正常关闭的数据", log, async () => {
    for (;;) {
      const running = await launch(command, socketPath, deadline);
      if (running !== null) return running;
      await sleep(200);
    }
  });
  return {
    socketPath,
    service,
    async stop() {
      await service.stop(durable ? "SIGINT" : "SIGQUIT", FAST_STOP_LIMIT);
      if (socket.temporary) await rm(socket.path, { recursive: true, force: true });
    },
  };
}

async function setUp(socketPath: string): Promise<void> {
  const client = await PgClient.open(socketPath, { client_min_messages: "error" });
  await client.run("CREATE EXTENSION documentdb CASCADE");
  await client.run("CREATE EXTENSION documentdb_extended_rum");
  // TTL every 10 s; the jobs that build indexes in the background have nothing to do: the gateway builds them at once.
  await client.run("SELECT cron.alter_job(jobid, schedule => '10 seconds') FROM cron.job WHERE command LIKE '%delete_expired_rows%'");
  await client.run("SELECT cron.unschedule(jobid) FROM cron.job WHERE command LIKE '%build_index_concurrently%'");
  client.close();
}

/** The folder from which data folders are copied, made on the first use. */
export async function ensureTemplate(installation: Installation, installDir: string, log: (line: string) => void): Promise<string> {
  const template = join(installDir, `template-${installation.major}`);
  const made = () => exists(join(template, "data"));
  if (await made()) return template;
  const lock = await takeLock(join(installDir, "template.lock"), { waitMs: START_LIMIT, refusal: (pid) => new Error(`进程 ${pid} 一直在准备数据库；请结束它再试`) });
  try {
    if (await made()) return template;
    const work = `${template}.partial`;
    await rm(work, { recursive: true, force: true });
    await ownedFolder(work);
    const options = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--wal-segsize=4", "-N"];
    const [program = "", ...args] = unprivileged([join(installation.bin, "initdb"), "-D", join(work, "data"), ...options], "KILL");
    await withProgress("准备数据库", log, async () => {
      await runProgram(program, args, { cwd: "/" });
      const cluster = await startCluster(installation, work, false, log);
      try {
        await setUp(cluster.socketPath);
      } finally {
        // Not the quick stop of throw-away data: what is copied must be complete.
        await cluster.service.stop("SIGINT", FAST_STOP_LIMIT);
        await cluster.stop();
      }
    });
    await rm(join(work, "socket"), { recursive: true, force: true });
    await rename(work, template);
    return template;
  } finally {
    await lock.release();
  }
}

/** Copies the template to `folder`, which must not exist. Whole or not at all. */
export async function copyTemplate(template: string, folder: string): Promise<void> {
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await runProgram("cp", ["-a", "--reflink=auto", template, partial]);
  await runProgram("sync", ["-f", partial]);
  await rename(partial, folder);
}
