import { parseArgs } from "node:util";

/** An option of a command, for `parseArgs`, with its description. */
export interface Option {
  type: "string" | "boolean";
  /** The placeholder of the value in the usage. */
  value?: string;
  says: string;
  multiple?: boolean;
  default?: string;
}

type Options = Readonly<Record<string, Option>>;

/** A command run as `npm run <name>`. */
export interface Command<O extends Options = Options> {
  /** The script's name in package.json. */
  name: string;
  does: string;
  /** Options of a typical call, line by line. */
  example?: readonly string[];
  options: O;
  note?: string;
  /** The meanings of its exit codes. */
  exits: Readonly<Record<number, string>>;
}

/** Infers the type of a command's options. */
export const defineCommand = <const O extends Options>(command: Command<O>): Command<O> => command;

/** An option as `--out 目录`, for the usage and docs/reference/cli.md. */
export const signature = (name: string, option: Option): string => `--${name}${option.value ? ` ${option.value}` : ""}`;

/** The text of `--help`. */
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
 * Parses the options of a command. Returns the values, or the text to print instead and the exit code: the usage for
 * `--help`, and an error with the usage for an unknown option or a missing value.
 */
export function parseOptions<const O extends Options>(command: Command<O>, args: readonly string[]) {
  if (args.includes("--help")) return { code: 0, print: usageOf(command) } as const;
  try {
    return { values: parseArgs({ args: [...args], options: command.options }).values } as const;
  } catch (error) {
    return { code: 1, print: [`参数不对：${(error as Error).message}`, "", usageOf(command)].join("\n") } as const;
  }
}

/** Parses the options of this process's command line. Ends the process when there is a text to print instead. */
export function readOptions<const O extends Options>(command: Command<O>) {
  const asked = parseOptions(command, process.argv.slice(2));
  if (asked.values) return asked.values;
  if (asked.code === 0) console.log(asked.print);
  else console.error(asked.print);
  return process.exit(asked.code);
}
