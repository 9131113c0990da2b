import { execFileSync } from "node:child_process";
import { chmodSync, readdirSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
const folders: Record<string, string> = { linux: "linux", darwin: "mac", win32: "windows" };

/**
 * Compiles the templates of a mini-program with WeChat's own compiler. Returns the script, which defines `$gwx`. Throws
 * the
 * compiler's message.
 */
export function compileTemplates(dir: string): string {
  const suffix = process.platform === "win32" ? ".exe" : "";
  const bin = join(root, "node_modules/miniprogram-compiler/bin", folders[process.platform] ?? "", `wcc${suffix}`);
  chmodSync(bin, 0o755);
  const files = readdirSync(dir, { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => /\.(wxml|wxs)$/.test(file));
  return execFileSync(bin, files, {
    cwd: dir,
    encoding: "utf8",
    maxBuffer: 1 << 26,
    stdio: ["ignore", "pipe", "pipe"],
  });
}
