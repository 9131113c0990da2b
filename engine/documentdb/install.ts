/** Installs DocumentDB from the distribution's packages into a folder of ours: no root, no chroot, no change to the machine. */
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import { exists } from "../folders.ts";
import { takeLock } from "../lock.ts";
import { findOnPath, runProgram } from "../processes.ts";
import { withProgress } from "../progress.ts";
import { EngineUnavailable } from "../types.ts";
import { findMirrors, type Mirror } from "./apt-sources.ts";
import { excludedPaths, neededPackages, newestEnginePackage } from "./packages.ts";

/** Debian suites that have the engine's package, the steadier first. */
const SUITES = ["forky", "sid"];
const KEYRINGS = ["/usr/share/keyrings/debian-archive-keyring.gpg", "/usr/share/keyrings/debian-archive-keyring.pgp"];
const LOADERS: Record<string, { triplet: string; loader: string }> = {
  amd64: { triplet: "x86_64-linux-gnu", loader: "ld-linux-x86-64.so.2" },
  arm64: { triplet: "aarch64-linux-gnu", loader: "ld-linux-aarch64.so.1" },
};
/** Another process may be downloading on a slow line. */
const WAIT_FOR_OTHER = 30 * 60_000;

/** An installed engine. */
export interface Installation {
  root: string;
  /** PostgreSQL's major version: data folders are not readable across it. */
  major: number;
  /** Folder of `postgres` and `initdb`. */
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

async function sourceFiles(): Promise<{ name: string; text: string }[]> {
  const parts = await readdir("/etc/apt/sources.list.d").catch(() => []);
  const names = ["/etc/apt/sources.list", ...parts.map((name) => join("/etc/apt/sources.list.d", name))];
  const texts = await Promise.all(names.map(async (name) => ({ name, text: await readFile(name, "utf8").catch(() => "") })));
  return texts.filter(({ name }) => /\.(list|sources)$/.test(name));
}

async function machineMirrors(): Promise<Mirror[]> {
  for (const tool of ["apt-get", "apt-cache", "dpkg", "dpkg-deb", "tar", "setpriv"]) {
    if ((await findOnPath(tool)) === null) throw new EngineUnavailable(`这台机器没有 ${tool}，不是 Debian 系统`);
  }
  const release = await readFile("/etc/os-release", "utf8").catch(() => "");
  const codename = /^VERSION_CODENAME="?([\w-]+)/m.exec(release)?.[1] ?? "stable";
  const mirrors = findMirrors(await sourceFiles(), codename);
  if (mirrors.length === 0) throw new EngineUnavailable("本机的 apt 源里没有 Debian 软件源");
  return mirrors;
}

/** Writes an apt configuration whose state is in `work`; the machine's proxies and credentials stay in force. */
async function aptConfig(work: string, mirror: Mirror, suite: string, arch: string): Promise<string> {
  for (const folder of ["lists/partial", "cache/archives/partial", "debs"]) await mkdir(join(work, folder), { recursive: true });
  await writeFile(join(work, "status"), "");
  const standard = (await exists(KEYRINGS[0] ?? "")) ? KEYRINGS.slice(0, 1) : KEYRINGS.slice(1);
  const keyrings = mirror.signedBy.length > 0 ? mirror.signedBy : standard;
  await writeFile(join(work, "sources.list"), `deb [signed-by=${keyrings.join(",")}] ${mirror.uri} ${suite} main\n`);
  const file = join(work, "apt.conf");
  const lines = [
    `Dir::State "${work}"; Dir::State::lists "${work}/lists"; Dir::State::status "${work}/status"; Dir::Cache "${work}/cache"; Dir::Log "${work}";`,
    `Dir::Etc::sourcelist "${work}/sources.list"; Dir::Etc::sourceparts "-"; Dir::Etc::preferences "-"; Dir::Etc::preferencesparts "-";`,
    `APT::Architecture "${arch}"; #clear APT::Architectures; APT::Architectures {"${arch}";}; APT::Install-Recommends "false"; Acquire::Languages "none";`,
    // A mirror may be a frozen copy, whose release file is past its date.
    `Acquire::Check-Valid-Until "false"; APT::Sandbox::User ""; Debug::NoLocking "true"; Acquire::Retries "2";`,
    `#clear APT::Update::Pre-Invoke; #clear APT::Update::Post-Invoke; #clear APT::Update::Post-Invoke-Success; #clear Acquire::IndexTargets::deb::DEP-11;`,
  ];
  await writeFile(file, lines.join("\n").replace(/ (#clear [^;]+;)/g, "\n$1\n"));
  return file;
}

async function download(work: string, config: string, log: (line: string) => void): Promise<number> {
  const apt = (...args: string[]) => runProgram("apt-get", ["-c", config, ...args], { cwd: join(work, "debs"), env: { ...process.env, LC_ALL: "C" } });
  await withProgress("读取软件源目录", log, () => apt("update", "-qq", "-o", "APT::Update::Error-Mode=any"));
  const search = await runProgram("apt-cache", ["-c", config, "search", "--names-only", "^postgresql-[0-9]+-documentdb$"]);
  const engine = newestEnginePackage(search);
  if (engine === null) throw new EngineUnavailable("软件源里没有 postgresql-<版本>-documentdb");
  const packages = neededPackages(await withProgress("计算需要的组件", log, () => apt("install", "--simulate", "--no-install-recommends", engine.name)));
  const uris = await apt("download", "--print-uris", ...packages);
  const bytes = [...uris.matchAll(/^'\S+' \S+ (\d+)/gm)].reduce((sum, match) => sum + Number(match[1]), 0);
  const label = `下载数据库组件 ${Math.round(bytes / 2 ** 20)} MB（${engine.name} 等 ${packages.length} 个包）`;
  log(label);
  await withProgress(label, log, () => apt("download", "-qq", ...packages));
  return engine.major;
}

async function extract(work: string, root: string, major: number): Promise<void> {
  const files = (await readdir(join(work, "debs"))).filter((name) => name.endsWith(".deb")).map((name) => join(work, "debs", name));
  const excludes = excludedPaths(major).map((path) => `--exclude=${path}`);
  const script = 'deb=$1; root=$2; shift 2; dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$root" --no-same-owner --keep-directory-symlink "$@" -f -';
  const next = files.values();
  const worker = async (): Promise<void> => {
    for (const file of next) await runProgram("sh", ["-c", script, "sh", file, root, ...excludes]);
  };
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, worker));
}

/** Scripts that start a program with the loader and the libraries of its own tree, so that the machine's libc does not matter. */
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
  // A package script makes this link on an ordinary installation.
  const extensions = join(root, "usr/share/postgresql", String(major), "extension");
  await symlink("postgis-3.control", join(extensions, "postgis.control")).catch(() => undefined);
}

async function installFrom(mirror: Mirror, suite: string, installDir: string, log: (line: string) => void): Promise<Installation> {
  const arch = (await runProgram("dpkg", ["--print-architecture"])).trim();
  const loader = LOADERS[arch];
  if (loader === undefined) throw new EngineUnavailable(`没有适合 ${arch} 处理器的组件`);
  const work = await mkdtemp(join(installDir, "partial-"));
  try {
    const config = await aptConfig(work, mirror, suite, arch);
    const major = await download(work, config, log);
    const tree = join(work, "tree");
    await mkdir(tree);
    await withProgress("解开组件", log, () => extract(work, tree, major));
    await wrapPrograms(tree, major, loader);
    await writeFile(join(tree, "ready.json"), JSON.stringify({ major, package: `postgresql-${major}-documentdb` } satisfies Ready));
    await rename(tree, join(installDir, "documentdb"));
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  const installed = await readInstallation(join(installDir, "documentdb"));
  if (installed === null) throw new Error(`${installDir} 里的数据库组件不完整`);
  return installed;
}

/** The engine of `installDir`, installed now if it is not there. Throws EngineUnavailable where it cannot be had. */
export async function ensureInstalled(installDir: string, log: (line: string) => void): Promise<Installation> {
  const root = join(installDir, "documentdb");
  const ready = await readInstallation(root);
  if (ready !== null) return ready;
  const mirrors = await machineMirrors();
  await mkdir(installDir, { recursive: true });
  const lock = await takeLock(join(installDir, "install.lock"), {
    waitMs: WAIT_FOR_OTHER,
    onWait: (pid) => log(`进程 ${pid} 正在安装数据库组件，等它装完`),
    refusal: (pid) => new Error(`进程 ${pid} 安装数据库组件超过 30 分钟；请结束它再试`),
  });
  try {
    const other = await readInstallation(root);
    if (other !== null) return other;
    // Left by an installation that was killed.
    for (const name of await readdir(installDir)) {
      if (name.startsWith("partial-") || name === basename(root)) await rm(join(installDir, name), { recursive: true, force: true });
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
