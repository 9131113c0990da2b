import packageJson from "../../package.json" with { type: "json" };
import { type Command, signature } from "../../server/cli/command.ts";
import { commands } from "../../server/cli/commands.ts";
import { page, table } from "./markdown.ts";

/**
 * Descriptions of the developer's scripts and their arguments after `--`. Commands of an installation have their
 * descriptions in server/cli/commands.ts.
 */
const scripts: Readonly<Record<string, string>> = {
  start: "构建还没构建的，然后启动服务器；没有数据库就用内置的。按 SIGTERM 或 Ctrl-C 收工，退出码 0",
  dev: "开发：改了服务端就重启，改了前端就重新构建",
  test: "全部检查、构建与测试；最后一行是 `N passed, N failed`，有失败退出码 1。`-- --no-check` 不跑检查；`-- 文件或目录` 只跑这些测试",
  check: "格式、规则、类型、无用代码；有不对的退出码 1",
  format: "按格式改好全部文件",
  docs: "印出由代码生成的文档：本页、环境变量、错误码、各张流程表、权限表、个人信息清单、事件",
  generate: "印出由事件目录得出的文件，含 docs/reference/events.md",
  "new:module": "写一个能用的新模块：`npm run new:module -- <模块名> [中文名]`",
  build: "构建 H5 与控制台，即服务器要送出的前端",
  "build:weapp": "构建微信小程序到 `dist/weapp`。服务器地址用 `TARO_APP_API_BASE` 写进去",
  "build:h5": "只构建 H5",
  "build:console": "只构建控制台",
  "test:fuzz": "按 OpenAPI 文档造调用来试服务器，含恶意的。`-- --calls 次数`（默认 20000）、`-- --seed 种子`",
  "test:chaos":
    "负载之下杀进程、杀网关、杀 PostgreSQL、断线、暂停、拨快时钟，再核对有没有丢、有没有重，并说每种故障之后多久又能办事。`-- --rounds 轮数`（默认 20）、`-- --seed 种子`、`-- --only \"server killed,line cut\"`",
  "test:tamper":
    "直接改、删、插、换、清空、退回数据库里的单据，每改一处核对一次台账，看有没有漏掉的。`-- --n 次数`（默认 1000）、`-- --seed 种子`",
  "test:weapp:mutants": "把小程序的构建弄坏十九种样子，测试漏掉一种就退出码 1",
  "bench:weapp": "小程序各分包的大小，各页送给视图的数据量",
  "bench:export": "导出的内存峰值与行数无关：`EXPORT_ROWS`、`EXPORT_ROUNDS` 可改；没有达到退出码 1",
  "bench:search": "台账检索走索引与扫描相比；`SEARCH_ROWS` 可改",
  "bench:loaders": "短时缓存与批量读取：几种实现相比",
  "bench:duty": "三十天的值守模拟：错峰排班与坐班相比；与 Erlang C 公式不符退出码 1",
  "bench:pictures":
    "四十张大图同时上传时，登录与 `/healthz` 要等多久，内存多了多少；`PICTURES`、`PICTURES_ROUNDS` 可改；没有达到退出码 1",
  "bench:load":
    "产品在负载下与同类相比；声称的比值没有达到退出码 1。`-- --small` 少量数据；`-- --only raw,parse,cpu,next,reads,export,knee` 只跑几部分；`-- --prof 目录` 留下 CPU 剖析",
};

const ofInstallation = (command: Command): string =>
  page(
    `### npm run ${command.name}`,
    command.does,
    ...(command.example
      ? [["```", `npm run ${command.name} -- ${command.example.join("\n")}`, "```"].join("\n")]
      : []),
    ...(Object.keys(command.options).length
      ? [
          table(
            ["选项", "", "不写时"],
            Object.entries(command.options).map(([name, option]) => [
              `\`${signature(name, option)}\``,
              option.says,
              option.default ?? "",
            ]),
          ),
        ]
      : []),
    ...(command.note ? [command.note] : []),
    table(["退出码", "意思"], Object.entries(command.exits)),
  ).trimEnd();

/** docs/reference/cli.md */
export function printCli(): string {
  const own: readonly Command[] = Object.values(commands);
  const names = Object.keys(packageJson.scripts).filter((name) => !own.some((command) => command.name === name));
  return page(
    "# 命令",
    "由 `server/cli/commands.ts`、`tools/docs/cli.ts` 与 `package.json` 印出（`npm run docs`），测试保证一致。选项写在 `--` 之后，例如 `npm run backup -- --out 目录`。",
    "## 运维",
    "这些命令读与服务器相同的[环境变量](env.md)，用同一个数据库与密钥文件。每个都有 `--help`。选项写错，打印用法，退出码 1。",
    ...own.map(ofInstallation),
    "## 开发",
    table(
      ["命令", "做什么"],
      names.map((name) => {
        const says = scripts[name];
        if (says === undefined) throw new Error(`npm run ${name} has no description: tools/docs/cli.ts`);
        return [`\`npm ${["start", "test"].includes(name) ? name : `run ${name}`}\``, says];
      }),
    ),
  );
}
