import { spawn } from "node:child_process";
import { join } from "node:path";

/** The repository's root. */
export const root = join(import.meta.dirname, "..");

/** The path of a program from the installed packages. */
export const bin = (name: string): string => join(root, "node_modules/.bin", name);

export interface Outcome {
  code: number;
  output: string;
  seconds: number;
}

/**
 * Runs a program in the repository's root and collects its output. With `label` a line every ten seconds says that it
 * is
 * still running. `show` prints its output as it comes.
 */
export function run(
  command: string,
  args: readonly string[],
  { label, show = false, env = {} }: { label?: string; show?: boolean; env?: Record<string, string> } = {},
): Promise<Outcome> {
  const started = performance.now();
  const seconds = (): number => Math.round((performance.now() - started) / 100) / 10;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", show ? "inherit" : "pipe", show ? "inherit" : "pipe"],
    });
    let output = "";
    const gather = (chunk: Buffer): void => {
      output += chunk.toString("utf8");
    };
    child.stdout?.on("data", gather);
    child.stderr?.on("data", gather);
    const progress = label
      ? setInterval(() => console.log(`  ${label}……${Math.round(seconds())} 秒`), 10_000)
      : undefined;
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(progress);
      resolve({ code: code ?? 1, output, seconds: seconds() });
    });
  });
}

/** Exits with one sentence when the running Node is too old. */
export function requireNode24(): void {
  if (Number(process.versions.node.split(".", 1)[0]) >= 24) return;
  console.error(
    `需要 Node 24 或更新（现在是 ${process.versions.node}）。请用 npm start / npm test 运行：npm ci 会带来 Node 24；` +
      "若这个平台没有，请从 nodejs.org 安装。",
  );
  process.exit(1);
}
