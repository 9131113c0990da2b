/**
 * Installs DocumentDB from the distribution's packages into its own folder, without root, chroot or changes to the
 * machine.
 */
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import { takeLock } from "../lock.ts";
import { runProgram } from "../processes.ts";
import { withProgress } from "../progress.ts";
import { EngineFailure, EngineUnavailable } from "../types.ts";
import { aptConfig, downloadPackages, machineMirrors } from "./apt.ts";
import type { Mirror } from "./apt-sources.ts";
import { excludedPaths } from "./packages.ts";

/** Debian suites that have the engine's package, the more stable one first. */
const SUITES = ["forky", "sid"];
const LOADERS: Record<string, { triplet: string; loader: string }> = {
  amd64: { triplet: "x86_64-linux-gnu", loader: "ld-linux-x86-64.so.2" },
  arm64: { triplet: "aarch64-linux-gnu", loader: "ld-linux-aarch64.so.1" },
};
/** How long another process may take for the installation, ms. It may have a slow connection. */
const WAIT_FOR_OTHER = 30 * 60_000;

/** An installed engine. */
export interface Installation {
  root: string;
  /** PostgreSQL's major version. Data folders can only be read by the same one. */
  major: number;
  /** The folder of `postgres` and `initdb`. */
  bin: string;
}

interface Ready {
  major: number;
  package: string;
}

async function readInstallation(root: string): Promise<Installation | null> {
  try {
    const { major } = JSON.parse(await readFile(join(root, "ready.json"), "utf8")) as Ready;
    return { root, major, bin: join(root, "usr/lib/postgresql", String(major), "bin") };
  } catch {
    return null;
  }
}

async function extract(work: string, root: string, major: number): Promise<void> {
  const files = (await readdir(join(work, "debs")))
    .filter((name) => name.endsWith(".deb"))
    .map((name) => join(work, "debs", name));
  const excludes = excludedPaths(major).map((path) => `--exclude=${path}`);
  const script =
    'deb=$1; root=$2; shift 2; dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$root" --no-same-owner --keep-directory-symlink "$@" -f -';
  const next = files.values();
  const worker = async (): Promise<void> => {
    for (const file of next) await runProgram("sh", ["-c", script, "sh", file, root, ...excludes]);
  };
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, worker));
}

/**
 * Replaces programs by scripts that run them with the loader and libraries of the installed tree, so that they do not
 * depend on the machine's libc.
 */
async function wrapPrograms(root: string, major: number, arch: { triplet: string; loader: string }): Promise<void> {
  const bin = join(root, "usr/lib/postgresql", String(major), "bin");
  for (const program of ["postgres", "initdb"]) {
    await rename(join(bin, program), join(bin, `${program}.bin`));
    const lines = [
      "#!/bin/sh",
      'bin=$(cd "$(dirname "$0")" && pwd -P)',
      `lib="\${bin%/usr/lib/*}/usr/lib/${arch.triplet}"`,
      `exec "$lib/${arch.loader}" --library-path "$lib:\${bin%/bin}/lib" --argv0 "$bin/${program}" "$bin/${program}.bin" "$@"`,
    ];
    await writeFile(join(bin, program), `${lines.join("\n")}\n`);
    await chmod(join(bin, program), 0o755);
  }
  // A package script creates this link in an ordinary installation.
  const extensions = join(root, "usr/share/postgresql", String(major), "extension");
  await symlink("postgis-3.control", join(extensions, "postgis.control")).catch(() => undefined);
}

async function installFrom(
  mirror: Mirror,
  suite: string,
  installDir: string,
  log: (line: string) => void,
): Promise<Installation> {
  const arch = (await runProgram("dpkg", ["--print-architecture"])).trim();
  const loader = LOADERS[arch];
  if (loader === undefined) throw new EngineUnavailable(`没有适合 ${arch} 处理器的组件`);
  const work = await mkdtemp(join(installDir, "partial-"));
  try {
    const config = await aptConfig(work, mirror, suite, arch);
    const major = await downloadPackages(work, config, log);
    const tree = join(work, "tree");
    await mkdir(tree);
    await withProgress("解开组件", log, () => extract(work, tree, major));
    await wrapPrograms(tree, major, loader);
    await writeFile(
      join(tree, "ready.json"),
      JSON.stringify({ major, package: `postgresql-${major}-documentdb` } satisfies Ready),
    );
    await rename(tree, join(installDir, "documentdb"));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  const installed = await readInstallation(join(installDir, "documentdb"));
  if (installed === null) throw new EngineFailure(`${installDir} 里的数据库组件不完整`);
  return installed;
}

/**
 * The engine in `installDir`, which is installed if it is missing. Throws EngineUnavailable when that is impossible.
 */
export async function ensureInstalled(installDir: string, log: (line: string) => void): Promise<Installation> {
  const root = join(installDir, "documentdb");
  const ready = await readInstallation(root);
  if (ready !== null) return ready;
  const mirrors = await machineMirrors();
  await mkdir(installDir, { recursive: true });
  const lock = await takeLock(join(installDir, "install.lock"), {
    waitMs: WAIT_FOR_OTHER,
    onWait: (pid) => log(`进程 ${pid} 正在安装数据库组件，等它装完`),
    refusal: (pid) => new EngineFailure(`进程 ${pid} 安装数据库组件超过 30 分钟；请结束它再试`),
  });
  try {
    const other = await readInstallation(root);
    if (other !== null) return other;
    // Remove the remains of an installation that was killed.
    for (const name of await readdir(installDir)) {
      if (name.startsWith("partial-") || name === basename(root))
        await rm(join(installDir, name), { recursive: true, force: true });
    }
    const reasons: string[] = [];
    for (const suite of SUITES) {
      for (const mirror of mirrors) {
        try {
          return await installFrom(mirror, suite, installDir, log);
        } catch (error) {
          reasons.push(`${suite}：${error instanceof Error ? error.message : String(error)}`);
        }
      }
    }
    throw new EngineUnavailable(`从 Debian 软件源安装 DocumentDB 没有成功（${reasons.join("；")}）`);
  } finally {
    await lock.release();
  }
}
