import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { z } from "zod";
import { CommunityId, text } from "../../contract/common.ts";
import { inputWords } from "../kernel/http/input-words.ts";

export const AccountName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z][a-z0-9._-]{2,39}$/, "应为 3 到 40 个小写字母、数字、点或连字符，以字母开头");

/** Each flag: what it is called when it is asked for, what it must be, and what stands for it when it is left out. */
const flags = {
  id: { says: "社区编号（小写字母，如 xiziwan，不能再改）", schema: CommunityId, otherwise: null },
  name: { says: "社区名称（如 西子湾居委会）", schema: text(40), otherwise: null },
  subdistrict: { says: "所属街镇（如 岳阳湖街道）", schema: text(40), otherwise: null },
  phone: { says: "居委会电话", schema: text(30), otherwise: null },
  address: { says: "居委会地址", schema: text(80), otherwise: null },
  "clerk-name": { says: "第一位居委会工作人员的姓名", schema: text(20), otherwise: null },
  "clerk-account": { says: "这位工作人员登录控制台的账号", schema: AccountName, otherwise: null },
  "clerk-title": { says: "这位工作人员的职务", schema: text(20), otherwise: "台账员" },
  "supervisor-name": { says: "街镇工作人员的姓名", schema: text(20), otherwise: "" },
  "supervisor-account": { says: "街镇工作人员的账号", schema: AccountName, otherwise: "" },
  catalogue: {
    says: "事项目录：standard 标准目录，empty 空白",
    schema: z.enum(["standard", "empty"]),
    otherwise: "standard",
  },
} as const;

type Flag = keyof typeof flags;
const names = Object.keys(flags) as Flag[];

export type Asked =
  | { do: "help" }
  | { do: "reset" | "resetFactor"; account: string }
  | { do: "open"; given: Record<Flag, string> }
  | { do: "refuse"; why: string[] };

export const usage = [
  "新建一个社区和它的第一位居委会工作人员（台账员）。在终端里不带参数运行，会逐项询问。",
  "",
  "  npm run community:new -- --id xiziwan --name 西子湾居委会 --subdistrict 岳阳湖街道 \\",
  "    --phone '021-5550 1100' --address '西子湾路 18 弄 1 号' --clerk-name 何芳 --clerk-account hefang",
  "",
  ...names.map(
    (name) => `  --${name.padEnd(20)}${flags[name].says}${flags[name].otherwise === null ? "" : "（可不填）"}`,
  ),
  "  --reset-password 账号  忘记密码：给这个账号新的一次性密码，原来的登录立即失效",
  "  --reset-second-factor 账号  手机和恢复码都丢了：重设这个账号的两步验证，原来的登录立即失效，下次登录重新绑定",
  "",
  "重复运行同样的命令不会建第二份；编号或名称已被别的社区用了会拒绝。服务器开着也可以运行。",
].join("\n");

/** What the command line asks for; at a terminal, what is lacking is asked. */
export async function askOpening(args: string[]): Promise<Asked> {
  const options = Object.fromEntries(
    [...names, "reset-password", "reset-second-factor"].map((name) => [name, { type: "string" as const }]),
  );
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
    const { says, schema, otherwise } = flags[name];
    while (said[name] === undefined && otherwise === null) {
      const answer = await lines.question(`${says}：`);
      const parsed = schema.safeParse(answer, { error: inputWords });
      if (parsed.success) said[name] = answer;
      else console.error(`  ${parsed.error.issues[0]?.message}，请再填一次。`);
    }
  }
  lines.close();
}

function check(said: Partial<Record<Flag, string>>): Asked {
  const why: string[] = [];
  const given = {} as Record<Flag, string>;
  for (const name of names) {
    const { schema, otherwise, says } = flags[name];
    const value = said[name] ?? otherwise;
    if (value === otherwise && otherwise !== null) given[name] = otherwise;
    else {
      const parsed = schema.safeParse(value ?? undefined, { error: inputWords });
      if (parsed.success) given[name] = parsed.data;
      else why.push(`--${name}（${says}）：${parsed.error.issues[0]?.message}`);
    }
  }
  if ((given["supervisor-name"] === "") !== (given["supervisor-account"] === ""))
    why.push("--supervisor-name 与 --supervisor-account 要一起给");
  return why.length ? { do: "refuse", why } : { do: "open", given };
}
