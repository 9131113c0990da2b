import { z } from "zod";
import { isRecipient } from "./operations/backup/encryption.ts";
import { clamdAddress } from "./adapters/scan/clamd.ts";
import { isDatabaseAddress } from "./core/store/database-address.ts";
import { Templates } from "./adapters/wechat/templates.ts";

/** The parts of a variable's entry in docs/reference/env.md that its schema does not give. */
interface VariableDoc {
  group: "服务器" | "数据" | "演示与登录" | "微信与企业微信";
  /** Its purpose, in Markdown. */
  says: string;
  /** The effect of leaving it unset, where the schema has no default. */
  unset?: string;
}

/** The descriptions of the environment variables, by schema. */
export const variableDocs = z.registry<VariableDoc>();

const flag = z
  .enum(["true", "false", "1", "0"], "应为 true 或 false")
  .transform((value) => value === "true" || value === "1");

/** A setting whose value is JSON. */
const json = <T extends z.ZodType>(schema: T, says: string) =>
  z
    .string()
    .transform((value, context) => {
      try {
        return JSON.parse(value) as unknown;
      } catch {
        context.addIssue({ code: "custom", message: says });
        return z.NEVER;
      }
    })
    .pipe(schema)
    .optional();

const number = (says: string): z.ZodCoercedNumber => z.coerce.number(says);

const port = number("应为 0 到 65535 的整数")
  .int("应为 0 到 65535 的整数")
  .min(0, "应为 0 到 65535 的整数")
  .max(65_535, "应为 0 到 65535 的整数");

/** Every environment variable of the server and its commands, with its schema, default and description. */
export const Variables = z.object({
  NODE_ENV: z.enum(["development", "test", "production"]).default("development").register(variableDocs, {
    group: "服务器",
    says: "正式运行设 `production`：不开演示，微信的设置、`PUBLIC_URL` 与推送令牌必须齐全，访问日志写到标准输出",
  }),
  HOST: z.string().default("127.0.0.1").register(variableDocs, { group: "服务器", says: "监听的地址" }),
  PORT: port.default(3000).register(variableDocs, { group: "服务器", says: "监听的端口" }),
  OPS_PORT: port.optional().register(variableDocs, {
    group: "服务器",
    says: "监控用的端口：`/metrics`（Prometheus）、`/healthz`、`/readyz`。没有登录，不要对公网开放",
    unset: "不开",
  }),
  OPS_HOST: z.string().default("127.0.0.1").register(variableDocs, {
    group: "服务器",
    says: "监控端口监听的地址",
  }),
  STOP_DELAY_SECONDS: number("应为 0 到 60 的数")
    .min(0, "应为 0 到 60 的数")
    .max(60, "应为 0 到 60 的数")
    .default(0)
    .register(variableDocs, {
      group: "服务器",
      says: "收到 SIGTERM 后继续服务的秒数。这段时间 `/readyz` 答 503，负载均衡据此不再派活",
    }),
  BEHIND_PROXY: flag.default(false).register(variableDocs, {
    group: "服务器",
    says:
      "前面有自己的反向代理时设为 `true`：来访地址取 `X-Forwarded-For` 的最后一段；" +
      "`X-Forwarded-Proto` 是 https 的来访，答复带一年的 HSTS",
  }),
  PUBLIC_URL: z.url("应为网址，例如 https://your.host").optional().register(variableDocs, {
    group: "服务器",
    says: "外网访问的协议与域名，微信从这里取照片做检测。生产环境必填，要用 https",
    unset: "监听的地址",
  }),
  LIMITS_FACTOR: number("应为 1 到 100000 的数")
    .min(1, "应为 1 到 100000 的数")
    .max(100_000, "应为 1 到 100000 的数")
    .default(1)
    .register(variableDocs, {
      group: "服务器",
      says: "把每个用户、每个地址一分钟的调用上限放大几倍：压测用，或很多人共用一个出口地址时用。启动时会提示",
    }),
  API_DOCS: flag.optional().register(variableDocs, {
    group: "服务器",
    says: "接口文档（`/api/docs` 与 `/api/openapi.json`）是否对外提供",
    unset: "开发时提供，生产环境不提供",
  }),
  LOG_LEVEL: z
    .enum(["trace", "debug", "info", "warn", "error", "silent"])
    .default("info")
    .register(variableDocs, { group: "服务器", says: "日志级别" }),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, "应以 mongodb:// 或 mongodb+srv:// 开头")
    .refine(isDatabaseAddress, "应是完整的地址，例如 mongodb://db1,db2,db3/?replicaSet=rs0")
    .optional()
    .register(variableDocs, {
      group: "数据",
      says:
        "MongoDB 7 以上的副本集，例如 `mongodb://db1,db2,db3/?replicaSet=rs0&tls=true`。" +
        "生产环境里，不在本机的数据库要用 TLS，并核对证书",
      unset: "用内置的数据库，数据在 `DATA_DIR`",
    }),
  MONGODB_DATABASE: z
    .string()
    .regex(/^[\w-]{1,38}$/, "应为 1 到 38 个字母、数字、下划线或连字符")
    .default("dianxiaoer")
    .register(variableDocs, { group: "数据", says: "数据库名" }),
  DATABASE: z
    .enum(["mongod", "download", "documentdb"])
    .optional()
    .register(variableDocs, {
      group: "数据",
      says:
        "指定一种内置的数据库：`mongod`（PATH 上的）、`download`（mongodb-memory-server 下载的）、" +
        "`documentdb`（Debian 的软件包，前面是本项目的网关）",
      unset: "按这个次序取第一个能用的",
    }),
  DATA_DIR: z.string().min(1).default(".data").register(variableDocs, {
    group: "数据",
    says: "内置数据库的数据与它的口令（`gateway.key`）、密钥、台账末尾的记录（`anchors.json`）、注销记录（`erasures.jsonl`）",
  }),
  KEYS_FILE: z.string().min(1).optional().register(variableDocs, {
    group: "数据",
    says: "密钥文件。**与数据库分开备份**：没有它，手机号读不出，台账核对不了。生产环境请放在数据目录之外",
    unset: "`DATA_DIR/keys.json`",
  }),
  BACKUP_RECIPIENTS: z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter((one) => one !== ""))
    .refine((list) => list.every(isRecipient), "应为 age1… 开头的公钥，几把用逗号隔开")
    .optional()
    .register(variableDocs, {
      group: "数据",
      says:
        "备份加密给哪些公钥（age 格式，`npm run backup:key` 生成），几把用逗号隔开，其中任何一把都能打开。" +
        "服务器自己打不开。建议两把，由两个人保管",
      unset: "不加密；生产环境这时不备份，除非加 `--plain`",
    }),
  CLAMD_SOCKET: z
    .string()
    .transform((text, context) => {
      const address = clamdAddress(text);
      if (address) return address;
      context.addIssue({ code: "custom", message: "应为 / 开头的套接字路径，或 主机:端口" });
      return z.NEVER;
    })
    .optional()
    .register(variableDocs, {
      group: "数据",
      says:
        "clamd 的套接字，例如 `/run/clamav/clamd.ctl` 或 `127.0.0.1:3310`：上传的每个文件先查病毒再处理。" +
        "clamd 不在时不收文件，答 503。它的 `StreamMaxLength` 要不小于 10M",
      unset: "不查",
    }),
  DEMO: flag.optional().register(variableDocs, {
    group: "演示与登录",
    says:
      "演示数据与演示账号；本机登录时，验证码写在答复里。" +
      "只答复本机名、`PUBLIC_URL` 的域名，以及 `HOST` 对外监听时本机的地址。生产环境不能开",
    unset: "开发时开，生产环境关",
  }),
  SECOND_FACTOR: z
    .enum(["required", "optional"], "应为 required 或 optional")
    .optional()
    .register(variableDocs, {
      group: "演示与登录",
      says:
        "`required`：居委会、街镇与管理员账号登录要密码加验证器的验证码（TOTP），首次登录时绑定；" +
        "`optional`：由本人在“账号与安全”里决定，生产环境不能这样设",
      unset: "`required`；演示模式是 `optional`",
    }),
  CONSOLE_IDLE_MINUTES: number("应为 1 到 120 的整数")
    .int("应为 1 到 120 的整数")
    .min(1, "应为 1 到 120 的整数")
    .max(120, "应为 1 到 120 的整数")
    .default(30)
    .register(variableDocs, {
      group: "演示与登录",
      says: "控制台多久没有人操作就退出登录，分钟。页面自己刷新不算操作。退出前两分钟有提示，填写的内容还在",
    }),
  CONSOLE_MAX_HOURS: number("应为 1 到 24 的整数")
    .int("应为 1 到 24 的整数")
    .min(1, "应为 1 到 24 的整数")
    .max(24, "应为 1 到 24 的整数")
    .default(12)
    .register(variableDocs, { group: "演示与登录", says: "控制台登录满多久要重新登录，小时，不论是否在操作" }),
  WECHAT_APP_ID: z.string().min(1).optional().register(variableDocs, {
    group: "微信与企业微信",
    says: "小程序的 AppID，与 `WECHAT_APP_SECRET` 一起给。生产环境必填",
    unset: "用微信接口的替身",
  }),
  WECHAT_APP_SECRET: z.string().min(1).optional().register(variableDocs, {
    group: "微信与企业微信",
    says: "小程序的 AppSecret",
    unset: "用微信接口的替身",
  }),
  WECHAT_BASE_URL: z
    .url("应为网址，例如 https://api.weixin.qq.com")
    .default("https://api.weixin.qq.com")
    .register(variableDocs, { group: "微信与企业微信", says: "微信接口的地址" }),
  WECHAT_PUSH_TOKEN: z
    .string()
    .regex(/^[A-Za-z0-9]{3,32}$/, "应为 3 到 32 个字母或数字")
    .optional()
    .register(variableDocs, {
      group: "微信与企业微信",
      says: "消息推送的 Token，与微信后台一致；推送地址是 `PUBLIC_URL/api/wechat/push`。生产环境必填，没有 EncodingAESKey 时至少 16 个字符",
      unset: "替身自己的",
    }),
  WECHAT_ENCODING_AES_KEY: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}$/, "应为 43 个字符，与微信后台的 EncodingAESKey 一致")
    .optional()
    .register(variableDocs, {
      group: "微信与企业微信",
      says: "消息推送的 EncodingAESKey（安全模式）。设了它就只收加密的推送",
      unset: "收明文的推送",
    }),
  WECHAT_TEMPLATES: json(Templates, '应为 JSON，例如 {"accepted":{"id":"…","fields":{"thing1":"service"}}}').register(
    variableDocs,
    {
      group: "微信与企业微信",
      says:
        "订阅消息的模板，JSON，按用途：居民的 `accepted`、`question`、`resolved`，干部的 `assigned`、`offered`、`due`。" +
        "字段的值可以是 `no`、`service`、`status`、`handler`、`at`、`due`、`hint`",
      unset: "开发时用替身的，生产环境不发",
    },
  ),
  WECOM_ROBOT_URLS: json(
    z.record(z.string(), z.url()),
    '应为 JSON，例如 {"xiziwan":"https://qyapi.weixin.qq.com/…"}',
  ).register(variableDocs, {
    group: "微信与企业微信",
    says: "干部企业微信群机器人的地址，JSON，按社区",
    unset: "开发时用替身的群，生产环境不发",
  }),
});

/** Variables whose value, or a part of it, is a secret: it is never printed. */
export const secretVariables: ReadonlySet<string> = new Set<keyof typeof Variables.shape>([
  "MONGODB_URI",
  "WECHAT_APP_SECRET",
  "WECHAT_PUSH_TOKEN",
  "WECHAT_ENCODING_AES_KEY",
  "WECOM_ROBOT_URLS",
]);
