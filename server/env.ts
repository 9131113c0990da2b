import { resolve } from "node:path";
import { z } from "zod";
import { defaultFactorPolicy } from "./core/domain/accounts/second-factor.ts";
import { Templates } from "./adapters/wechat/templates.ts";
import { inputWords } from "./kernel/http/input-words.ts";

const flag = z
  .enum(["true", "false", "1", "0"], "应为 true 或 false")
  .transform((value) => value === "true" || value === "1");

/** A setting that is JSON. */
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

const port = z.coerce
  .number("应为 0 到 65535 的整数")
  .int("应为 0 到 65535 的整数")
  .min(0, "应为 0 到 65535 的整数")
  .max(65_535, "应为 0 到 65535 的整数");

const Variables = z.object({
  NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
  /** Where the server listens. */
  HOST: z.string().default("127.0.0.1"),
  PORT: port.default(3000),
  /** Where `/metrics`, `/healthz` and `/readyz` are told to those who watch; not set: nowhere. */
  OPS_PORT: port.optional(),
  OPS_HOST: z.string().default("127.0.0.1"),
  /** After being asked to end it goes on serving for so long, so that a load balancer has seen that it is not ready. */
  STOP_DELAY_SECONDS: z.coerce
    .number("应为 0 到 60 的数")
    .min(0, "应为 0 到 60 的数")
    .max(60, "应为 0 到 60 的数")
    .default(0),
  /** A MongoDB 7+ replica set. Not set: an embedded engine. */
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, "应以 mongodb:// 或 mongodb+srv:// 开头")
    .optional(),
  MONGODB_DATABASE: z
    .string()
    .regex(/^[\w-]{1,38}$/, "应为 1 到 38 个字母、数字、下划线或连字符")
    .default("dianxiaoer"),
  /** Forces one embedded engine. */
  DATABASE: z.enum(["mongod", "download", "documentdb"]).optional(),
  /** Data of the embedded engine, keys, anchors. */
  DATA_DIR: z.string().min(1).default(".data"),
  /** The key ring's file; default: in the data folder. In production keep it elsewhere. */
  KEYS_FILE: z.string().min(1).optional(),
  /** Demo data, demo accounts, codes in replies. Default: on, except in production, where it is refused. */
  DEMO: flag.optional(),
  /** Whether accounts of the committee and the operator need a second factor. Default: yes, except in demo mode. */
  SECOND_FACTOR: z.enum(["required", "optional"], "应为 required 或 optional").optional(),
  WECHAT_APP_ID: z.string().min(1).optional(),
  WECHAT_APP_SECRET: z.string().min(1).optional(),
  WECHAT_BASE_URL: z.url("应为网址，例如 https://api.weixin.qq.com").default("https://api.weixin.qq.com"),
  /** Of the message push, as set at WeChat. With the key (safe mode) only encrypted bodies are taken. */
  WECHAT_PUSH_TOKEN: z
    .string()
    .regex(/^[A-Za-z0-9]{3,32}$/, "应为 3 到 32 个字母或数字")
    .optional(),
  WECHAT_ENCODING_AES_KEY: z
    .string()
    .regex(/^[A-Za-z0-9+/]{43}$/, "应为 43 个字符，与微信后台的 EncodingAESKey 一致")
    .optional(),
  /** Where the server is reached from outside: WeChat fetches photos from there to check them. */
  PUBLIC_URL: z.url("应为网址，例如 https://your.host").optional(),
  /** Templates of subscribe messages by purpose (docs: README). */
  WECHAT_TEMPLATES: json(Templates, '应为 JSON，例如 {"accepted":{"id":"…","fields":{"thing1":"service"}}}'),
  /** Webhook addresses of the cadres' WeCom groups, by community. */
  WECOM_ROBOT_URLS: json(z.record(z.string(), z.url()), '应为 JSON，例如 {"xiziwan":"https://qyapi.weixin.qq.com/…"}'),
  /** Behind a proxy of ours: trust X-Forwarded-For. */
  BEHIND_PROXY: flag.default(false),
  /** Raises the budgets of users and addresses, for benches and load tests that come from one address. */
  LIMITS_FACTOR: z.coerce
    .number("应为 1 到 100000 的数")
    .min(1, "应为 1 到 100000 的数")
    .max(100_000, "应为 1 到 100000 的数")
    .default(1),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
});

/** A wrong setting. The message is one sentence that says which and what it may be. */
export class WrongSetting extends Error {}

/** Reads and checks every environment variable; the only place that does. Throws {@link WrongSetting}. */
export function readEnv(variables: NodeJS.ProcessEnv = process.env) {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const parsed = Variables.safeParse(given, { error: inputWords });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const name = String(issue?.path[0]);
    throw new WrongSetting(`环境变量 ${name} 的值“${given[name] ?? ""}”不对：${issue?.message ?? ""}。`);
  }
  const env = parsed.data;
  const production = env.NODE_ENV === "production";
  if (production && env.DEMO)
    throw new WrongSetting("生产环境不能开演示模式：请去掉 DEMO，或不要设 NODE_ENV=production。");
  if (production && !env.WECHAT_APP_ID) throw new WrongSetting("生产环境需要 WECHAT_APP_ID 与 WECHAT_APP_SECRET。");
  if ((env.WECHAT_APP_ID === undefined) !== (env.WECHAT_APP_SECRET === undefined)) {
    throw new WrongSetting("WECHAT_APP_ID 与 WECHAT_APP_SECRET 要一起给。");
  }
  if (production && !(env.WECHAT_PUSH_TOKEN && env.PUBLIC_URL)) {
    throw new WrongSetting("生产环境需要 PUBLIC_URL 与 WECHAT_PUSH_TOKEN：照片要先由微信检测，结果推送到这台服务器。");
  }
  const demo = env.DEMO ?? !production;
  const dataDir = resolve(env.DATA_DIR);
  return {
    production,
    host: env.HOST,
    port: env.PORT,
    ops: env.OPS_PORT === undefined ? null : { host: env.OPS_HOST, port: env.OPS_PORT },
    stopDelayMs: env.STOP_DELAY_SECONDS * 1_000,
    mongo: { uri: env.MONGODB_URI, database: env.MONGODB_DATABASE, choice: env.DATABASE },
    dataDir,
    keysFile: resolve(env.KEYS_FILE ?? `${dataDir}/keys.json`),
    demo,
    factorPolicy: env.SECOND_FACTOR ?? defaultFactorPolicy(demo),
    wechat:
      env.WECHAT_APP_ID && env.WECHAT_APP_SECRET
        ? { appId: env.WECHAT_APP_ID, secret: env.WECHAT_APP_SECRET, baseUrl: env.WECHAT_BASE_URL }
        : null,
    push: env.WECHAT_PUSH_TOKEN ? { token: env.WECHAT_PUSH_TOKEN, aesKey: env.WECHAT_ENCODING_AES_KEY ?? null } : null,
    publicUrl: env.PUBLIC_URL?.replace(/\/+$/, "") ?? null,
    /** Null: none are set. */
    templates: env.WECHAT_TEMPLATES ?? null,
    robots: env.WECOM_ROBOT_URLS ?? null,
    limitsFactor: env.LIMITS_FACTOR,
    behindProxy: env.BEHIND_PROXY,
    logLevel: env.LOG_LEVEL,
  };
}
