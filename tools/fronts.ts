import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { precompress } from "./precompress.ts";
import { bin, root, run } from "./run.ts";

const taro = (type: string): string[] => ["build", "--type", type, "--no-check", "--disable-global-config"];

/**
 * The front ends: build command, sources, and a file that proves the build (Taro exits with 0 on a wrong
 * configuration).
 */
export const fronts = {
  h5: {
    title: "手机端（H5）",
    command: "taro",
    args: taro("h5"),
    sources: ["src", "fronts", "config", "contract"],
    proof: "index.html",
  },
  weapp: {
    title: "微信小程序",
    command: "taro",
    args: taro("weapp"),
    sources: ["src", "fronts", "config", "contract"],
    proof: "app.json",
  },
  console: {
    title: "控制台",
    command: "vite",
    args: ["build", "--config", "console/vite.config.ts"],
    sources: ["console", "fronts", "contract"],
    proof: "index.html",
  },
} as const;
export type Front = keyof typeof fronts;

/** A hash of all sources of a front end. */
async function fingerprint(sources: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const source of [...sources, "package-lock.json", "babel.config.cjs", "tools/precompress.ts"]) {
    const path = join(root, source);
    const names = source.includes(".")
      ? [""]
      : await readdir(path, { recursive: true, withFileTypes: true }).then(filesOf(path));
    for (const name of names.toSorted()) hash.update(name).update(await readFile(join(path, name)));
  }
  hash.update(process.env["TARO_APP_API_BASE"] ?? "");
  return hash.digest("hex");
}

const filesOf =
  (path: string) =>
  (entries: { isFile(): boolean; parentPath: string; name: string }[]): string[] =>
    entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(path.length));

const stampOf = (front: Front): string => join(root, "dist", `.${front}.stamp`);

/** Marks the build in `dist/<front>` as out of date, so that the next start or test rebuilds it. */
export const forgetBuild = (front: Front): Promise<void> => rm(stampOf(front), { force: true });

/**
 * Builds a front end into `dist/<front>`. With `onlyIfStale` it is skipped when the sources are unchanged since the
 * last
 * build. Throws when the build fails.
 */
export async function build(front: Front, { onlyIfStale = false } = {}): Promise<void> {
  const { title, command, args, sources, proof } = fronts[front];
  const folder = join(root, "dist", front);
  const stamp = stampOf(front);
  const now = await fingerprint(sources);
  const fresh = existsSync(join(folder, proof)) && existsSync(stamp) && (await readFile(stamp, "utf8")) === now;
  if (onlyIfStale && fresh) return;
  console.log(`构建${title}……`);
  await rm(folder, { recursive: true, force: true });
  const { code, output, seconds } = await run(bin(command), args, {
    label: `构建${title}`,
    env: { NODE_ENV: "production" },
  });
  if (code !== 0 || !existsSync(join(folder, proof))) {
    throw new Error(`${title}没有构建成功：\n${output.slice(-6000)}`);
  }
  // WeChat compresses the mini-program itself.
  if (front !== "weapp") await precompress(folder);
  await writeFile(stamp, now);
  console.log(`构建${title}完成，${seconds} 秒`);
}
