import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { run } from "./run.ts";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The path of a Chromium (`CHROMIUM_PATH`, or on PATH). Null when there is none. */
export function findChromium(): string | null {
  const given = process.env["CHROMIUM_PATH"];
  if (given) return existsSync(given) ? given : null;
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The path of a Chromium. Without one it is installed, with a Chinese font, from Debian's packages; that requires root.
 * Throws an error with one sentence for the user when that is impossible.
 */
export async function ensureChromium(): Promise<string> {
  const found = findChromium();
  if (found) return found;
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    throw new Error(
      "没有找到 Chromium。请安装（Debian：apt-get install chromium fonts-noto-cjk），或用 CHROMIUM_PATH 指明它在哪里。",
    );
  }
  console.log("安装 Chromium 与中文字体（Debian 软件包，约一分钟）……");
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await run("apt-get", ["update", "-qq"], { label: "更新软件包列表", env });
  const packages = ["chromium", "fonts-noto-cjk"];
  const { output } = await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], {
    label: "安装 Chromium",
    env,
  });
  const installed = findChromium();
  if (!installed) throw new Error(`Chromium 没有装上，请手工安装后再试：\n${output.slice(-2000)}`);
  return installed;
}
