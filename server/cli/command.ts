import { parseArgs } from "node:util";

/** An option of a command, for `parseArgs`, with its words. */
export interface Option {
  type: "string" | "boolean";
  /** What stands for the value in the usage. */
  value?: string;
  says: string;
  multiple?: boolean;
  default?: string;
}

/** A command of `npm run`. */
export interface Command<Options extends Readonly<Record<string, Option>> = Readonly<Record<string, Option>>> {
  /** The script's name in package.json. */
  name: string;
  does: string;
  /** Options of a typical call, line by line. */
  example?: readonly string[];
  options: Options;
  note?: string;
  /** What its exit codes mean. */
  exits: Readonly<Record<number, string>>;
}

/** Types a command by its own options. */
export const defineCommand = <const Options extends Readonly<Record<string, Option>>>(
  command: Command<Options>,
): Command<Options> => command;

/** `--out 目录`, as it stands in the usage and in docs/reference/cli.md. */
export const signature = (name: string, option: Option): string => `--${name}${option.value ? ` ${option.value}` : ""}`;

/** What `--help` prints. */
export function usageOf({ name, does, example, options, note }: Command): string {
  const lines = Object.entries(options).map(([key, option]) => {
    const otherwise = option.default === undefined ? "" : `（不写就是 ${option.default}）`;
    return `  ${signature(key, option)}  ${option.says}${otherwise}`;
  });
  const call = `npm run ${name}`;
  const shown = example ? ["", ...example.map((line, n) => `  ${n ? "" : `${call} -- `}${line}`)] : [];
  const heading = lines.length ? ["", `用法：${call} -- [选项]`, ""] : ["", `用法：${call}`];
  return [does, ...shown, ...heading, ...lines, ...(note ? ["", note] : [])].join("\n");
}

/**
 * The options of the command line. `--help` prints the usage and ends with 0. An option that is not there, or lacks its value, is told
 * with the usage, and ends with 1.
 */
export function readOptions<const Options extends Readonly<Record<string, Option>>>(command: Command<Options>) {
  const given = process.argv.slice(2);
  if (given.includes("--help")) {
    console.log(usageOf(command));
    process.exit(0);
  }
  try {
    return parseArgs({ args: given, options: command.options }).values;
  } catch (error) {
    console.error([`参数不对：${(error as Error).message}`, "", usageOf(command)].join("\n"));
    process.exit(1);
  }
}
