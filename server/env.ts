import { resolve } from "node:path";
import { defaultFactorPolicy } from "./core/domain/accounts/second-factor.ts";
import { inputWords } from "./kernel/http/input-words.ts";
import { Variables } from "./env-variables.ts";

/** A wrong setting. The message is one sentence that says which and what it may be. */
export class WrongSetting extends Error {}

/** Reads and checks every environment variable (env-variables.ts); the only place that does. Throws {@link WrongSetting}. */
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
