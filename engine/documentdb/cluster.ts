/** Starts and stops PostgreSQL with DocumentDB on a data folder. */
import { chown, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PgClient } from "../gateway/pg-client.ts";
import { waitForLeftover } from "../folders.ts";
import { isRoot, type Service, startService, UNPRIVILEGED, unprivileged } from "../processes.ts";
import { withProgress } from "../progress.ts";
import { type Supervised, supervise } from "../supervise.ts";
import { endLeftovers } from "./leftovers.ts";
import type { Installation } from "./install.ts";
import { EngineFailure } from "../types.ts";

/** A unix socket's path has at most 107 bytes, and the socket's name in the folder takes 15. */
const SOCKET_FOLDER_LIMIT = 90;
/** The start timeout, ms. Recovery after a crash replays the write-ahead log and may take minutes on a slow disk. */
const START_LIMIT = 5 * 60_000;
/** How long processes of a killed server have to end by themselves, ms. Nearly all end within milliseconds. */
const LEFTOVER_GRACE = 2_000;
/** A fast stop writes a checkpoint first, ms. */
const FAST_STOP_LIMIT = 30_000;

/** A running PostgreSQL. */
export interface Cluster {
  socketPath: string;
  lost: Supervised["lost"];
  /** Throw-away data are stopped at once, unless another signal is given. */
  stop(signal?: NodeJS.Signals): Promise<void>;
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
    // Indexes of this kind are ordered, so that a sorted page is read from the index instead of sorting every match.
    "documentdb.alternate_index_handler_name": "extended_rum",
    log_min_messages: "error",
    // Small collections are analyzed early. Before that the planner does not use their indexes.
    autovacuum_naptime: "10s",
    autovacuum_analyze_threshold: "20",
  };
  if (!durable)
    Object.assign(values, { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_wal_size: "256MB" });
  return Object.entries(values).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** Creates a folder that is owned by the database's user. */
export async function ownedFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  if (isRoot()) await chown(path, UNPRIVILEGED, UNPRIVILEGED);
}

async function socketFolder(folder: string): Promise<{ path: string; temporary: boolean }> {
  const inside = join(folder, "socket");
  const short = Buffer.byteLength(inside) <= SOCKET_FOLDER_LIMIT;
  return { path: short ? inside : await mkdtemp(join(tmpdir(), "dianxiaoer-")), temporary: !short };
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

/** Starts the server once. Null when backends of a killed server still run. */
async function launch(command: string[], socketPath: string, deadline: number): Promise<Service | null> {
  const service = startService(command, { cwd: "/" });
  let exited = false;
  void service.exited.then(() => (exited = true));
  while (!(await answers(socketPath))) {
    if (exited && service.output().includes("pre-existing shared memory block") && Date.now() < deadline) return null;
    if (exited || Date.now() > deadline) {
      await service.stop("SIGQUIT", 5_000);
      throw new EngineFailure(`数据库没有启动起来，请查看下面的原因后重试：\n${service.output()}`);
    }
    await sleep(20);
  }
  return service;
}

/** Starts PostgreSQL on `folder` (its data in `folder/data`), waits until it answers, and keeps it running. */
export async function startCluster(
  installation: Installation,
  folder: string,
  durable: boolean,
  log: (line: string) => void,
): Promise<Cluster> {
  const data = join(folder, "data");
  const socket = await socketFolder(folder);
  const postgres = [join(installation.bin, "postgres"), "-D", data, ...settings(socket.path, durable)];
  const command = unprivileged(postgres, durable ? "INT" : "QUIT");
  const socketPath = join(socket.path, ".s.PGSQL.5432");

  async function start(): Promise<Service> {
    await waitForLeftover(join(data, "postmaster.pid"), data);
    const deadline = Date.now() + START_LIMIT;
    const graceEnd = Date.now() + LEFTOVER_GRACE;
    return withProgress("数据库正在恢复上次没有正常关闭的数据", log, async () => {
      for (;;) {
        // A killed server leaves its socket and the socket's lock file behind.
        await rm(socket.path, { recursive: true, force: true });
        await ownedFolder(socket.path);
        const running = await launch(command, socketPath, deadline);
        if (running !== null) return running;
        if (Date.now() > graceEnd) await endLeftovers(data);
        await sleep(200);
      }
    });
  }

  const { lost, stop } = supervise(await start(), { name: "数据库", start, log });
  return {
    socketPath,
    lost,
    async stop(signal = durable ? "SIGINT" : "SIGQUIT") {
      await stop(signal, FAST_STOP_LIMIT);
      if (socket.temporary) await rm(socket.path, { recursive: true, force: true });
    },
  };
}
