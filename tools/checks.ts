import { bin, run } from "./run.ts";

/** All checks except tests: title and command. The folder rules also have a test in `tests/base`. */
const checks: readonly (readonly [title: string, command: string, ...args: string[]])[] = [
  ["格式 oxfmt", "oxfmt", "--check", "."],
  ["规则 oxlint", "oxlint", "--type-aware"],
  ["类型：服务端与测试", "tsc", "-p", "tsconfig.json", "--noEmit"],
  ["类型：小程序", "tsc", "-p", "src/tsconfig.json", "--noEmit"],
  ["类型：控制台", "tsc", "-p", "console/tsconfig.json", "--noEmit"],
  ["无用代码 knip", "knip", "--no-progress"],
];

/** Runs the checks in turn and prints the output of failed ones. Returns how many passed and failed. */
export async function runChecks(): Promise<{ passed: number; failed: number }> {
  let failed = 0;
  for (const [title, command, ...args] of checks) {
    const { code, output, seconds } = await run(bin(command), args, { label: title });
    console.log(`${code === 0 ? "✓" : "✗"} ${title}（${seconds} 秒）`);
    if (code === 0) continue;
    failed++;
    console.log(output.trimEnd().slice(-6000));
  }
  return { passed: checks.length - failed, failed };
}
