import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { z } from "zod";
import { CommunityId, text } from "../../contract/common.ts";
import { validationMessage } from "../kernel/http/validation-messages.ts";
import { usageOf } from "./command.ts";
import { commands } from "./commands.ts";

export const AccountName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z][a-z0-9._-]{2,39}$/, "应为 3 到 40 个小写字母、数字、点或连字符，以字母开头");

const { options } = commands.communityNew;

/** The schema of each answer, and its default; null: required. */
const answers = {
  id: { schema: CommunityId, otherwise: null },
  name: { schema: text(40), otherwise: null },
  subdistrict: { schema: text(40), otherwise: null },
  phone: { schema: text(30), otherwise: null },
  address: { schema: text(80), otherwise: null },
  "clerk-name": { schema: text(20), otherwise: null },
  "clerk-account": { schema: AccountName, otherwise: null },
  "clerk-title": { schema: text(20), otherwise: "台账员" },
  "supervisor-name": { schema: text(20), otherwise: "" },
  "supervisor-account": { schema: AccountName, otherwise: "" },
  catalogue: { schema: z.enum(["standard", "empty"]), otherwise: "standard" },
} as const;

type Flag = keyof typeof answers;
const names = Object.keys(answers) as Flag[];

export type CommunityCommand =
  | { do: "help" }
  | { do: "reset" | "resetFactor"; account: string }
  | { do: "open"; given: Record<Flag, string> }
  | { do: "refuse"; why: string[] };

export const usage = usageOf(commands.communityNew);

/** Parses the command line. At a terminal, missing required answers are asked for. */
export async function parseCommunityCommand(args: string[]): Promise<CommunityCommand> {
  let values: Record<string, string | boolean | undefined>;
  try {
    ({ values } = parseArgs({ args, options: { ...options, help: { type: "boolean" } } }));
  } catch (error) {
    return { do: "refuse", why: [`参数不对：${(error as Error).message}`] };
  }
  if (values["help"]) return { do: "help" };
  if (typeof values["reset-password"] === "string")
    return { do: "reset", account: values["reset-password"].toLowerCase() };
  if (typeof values["reset-second-factor"] === "string")
    return { do: "resetFactor", account: values["reset-second-factor"].toLowerCase() };
  const said = { ...values } as Partial<Record<Flag, string>>;
  if (process.stdin.isTTY) await askAtTerminal(said);
  return check(said);
}

async function askAtTerminal(said: Partial<Record<Flag, string>>): Promise<void> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  for (const name of names) {
    const { schema, otherwise } = answers[name];
    while (said[name] === undefined && otherwise === null) {
      const answer = await lines.question(`${options[name].says}：`);
      const parsed = schema.safeParse(answer, { error: validationMessage });
      if (parsed.success) said[name] = answer;
      else console.error(`  ${parsed.error.issues[0]?.message}，请再填一次。`);
    }
  }
  lines.close();
}

function check(said: Partial<Record<Flag, string>>): CommunityCommand {
  const why: string[] = [];
  const given = {} as Record<Flag, string>;
  for (const name of names) {
    const { schema, otherwise } = answers[name];
    const value = said[name] ?? otherwise;
    if (value === otherwise && otherwise !== null) given[name] = otherwise;
    else {
      const parsed = schema.safeParse(value ?? undefined, { error: validationMessage });
      if (parsed.success) given[name] = parsed.data;
      else why.push(`--${name}（${options[name].says}）：${parsed.error.issues[0]?.message}`);
    }
  }
  if ((given["supervisor-name"] === "") !== (given["supervisor-account"] === ""))
    why.push("--supervisor-name 与 --supervisor-account 要一起给");
  return why.length ? { do: "refuse", why } : { do: "open", given };
}
