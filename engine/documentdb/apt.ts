/** Runs apt with a separate state: it resolves and downloads packages and changes nothing on the machine. */
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { exists } from "../folders.ts";
import { findOnPath, runProgram } from "../processes.ts";
import { withProgress } from "../progress.ts";
import { EngineUnavailable } from "../types.ts";
import { findMirrors, type Mirror } from "./apt-sources.ts";
import { neededPackages, newestEnginePackage } from "./packages.ts";

const KEYRINGS = ["/usr/share/keyrings/debian-archive-keyring.gpg", "/usr/share/keyrings/debian-archive-keyring.pgp"];

async function sourceFiles(): Promise<{ name: string; text: string }[]> {
  const parts = await readdir("/etc/apt/sources.list.d").catch(() => []);
  const names = ["/etc/apt/sources.list", ...parts.map((name) => join("/etc/apt/sources.list.d", name))];
  const texts = await Promise.all(
    names.map(async (name) => ({ name, text: await readFile(name, "utf8").catch(() => "") })),
  );
  return texts.filter(({ name }) => /\.(list|sources)$/.test(name));
}

/** The Debian mirrors of this machine. Throws EngineUnavailable when there are none. */
export async function machineMirrors(): Promise<Mirror[]> {
  for (const tool of ["apt-get", "apt-cache", "dpkg", "dpkg-deb", "tar", "setpriv"]) {
    if ((await findOnPath(tool)) === null) throw new EngineUnavailable(`这台机器没有 ${tool}，不是 Debian 系统`);
  }
  const release = await readFile("/etc/os-release", "utf8").catch(() => "");
  const codename = /^VERSION_CODENAME="?([\w-]+)/m.exec(release)?.[1] ?? "stable";
  const mirrors = findMirrors(await sourceFiles(), codename);
  if (mirrors.length === 0) throw new EngineUnavailable("本机的 apt 源里没有 Debian 软件源");
  return mirrors;
}

/** Writes an apt configuration with its state in `work`. The machine's proxies and credentials still apply. */
export async function aptConfig(work: string, mirror: Mirror, suite: string, arch: string): Promise<string> {
  for (const folder of ["lists/partial", "cache/archives/partial", "debs"])
    await mkdir(join(work, folder), { recursive: true });
  await writeFile(join(work, "status"), "");
  const standard = (await exists(KEYRINGS[0] ?? "")) ? KEYRINGS.slice(0, 1) : KEYRINGS.slice(1);
  const keyrings = mirror.signedBy.length > 0 ? mirror.signedBy : standard;
  await writeFile(join(work, "sources.list"), `deb [signed-by=${keyrings.join(",")}] ${mirror.uri} ${suite} main\n`);
  const file = join(work, "apt.conf");
  const lines = [
    `Dir::State "${work}"; Dir::State::lists "${work}/lists"; Dir::State::status "${work}/status"; Dir::Cache "${work}/cache"; Dir::Log "${work}";`,
    `Dir::Etc::sourcelist "${work}/sources.list"; Dir::Etc::sourceparts "-"; Dir::Etc::preferences "-"; Dir::Etc::preferencesparts "-";`,
    `APT::Architecture "${arch}"; #clear APT::Architectures; APT::Architectures {"${arch}";}; APT::Install-Recommends "false"; Acquire::Languages "none";`,
    // The mirror may be a frozen copy with an expired release file.
    `Acquire::Check-Valid-Until "false"; APT::Sandbox::User ""; Debug::NoLocking "true"; Acquire::Retries "2";`,
    `#clear APT::Update::Pre-Invoke; #clear APT::Update::Post-Invoke; #clear APT::Update::Post-Invoke-Success; #clear Acquire::IndexTargets::deb::DEP-11;`,
  ];
  await writeFile(file, lines.join("\n").replace(/ (#clear [^;]+;)/g, "\n$1\n"));
  return file;
}

/** Downloads the engine and its dependencies to `work/debs`. Returns PostgreSQL's major version. */
export async function downloadPackages(work: string, config: string, log: (line: string) => void): Promise<number> {
  const apt = (...args: string[]) =>
    runProgram("apt-get", ["-c", config, ...args], { cwd: join(work, "debs"), env: { ...process.env, LC_ALL: "C" } });
  await withProgress("读取软件源目录", log, () => apt("update", "-qq", "-o", "APT::Update::Error-Mode=any"));
  const search = await runProgram("apt-cache", [
    "-c",
    config,
    "search",
    "--names-only",
    "^postgresql-[0-9]+-documentdb$",
  ]);
  const engine = newestEnginePackage(search);
  if (engine === null) throw new EngineUnavailable("软件源里没有 postgresql-<版本>-documentdb");
  const packages = neededPackages(
    await withProgress("计算需要的组件", log, () =>
      apt("install", "--simulate", "--no-install-recommends", engine.name),
    ),
  );
  const uris = await apt("download", "--print-uris", ...packages);
  const bytes = [...uris.matchAll(/^'\S+' \S+ (\d+)/gm)].reduce((sum, match) => sum + Number(match[1]), 0);
  const label = `下载数据库组件 ${Math.round(bytes / 2 ** 20)} MB（${engine.name} 等 ${packages.length} 个包）`;
  log(label);
  await withProgress(label, log, () => apt("download", "-qq", ...packages));
  return engine.major;
}
