import { resolve } from "node:path";
import { defaultFactorPolicy } from "./core/domain/accounts/second-factor.ts";
import { validationMessage } from "./kernel/http/validation-messages.ts";
import { travelsUnprotected } from "./core/store/database-address.ts";
import { Variables, secretVariables } from "./env-variables.ts";

/** The least length of a push token without a message key: 16 letters and digits have 95 bits. */
const MIN_PLAIN_TOKEN = 16;

/** An invalid setting. The message is one sentence that names the variable and its allowed values. */
export class InvalidSettingError extends Error {}

/**
 * Reads and checks every environment variable of env-variables.ts. No other code reads them. Throws {@link
 * InvalidSettingError}.
 */
export function readEnv(variables: NodeJS.ProcessEnv = process.env) {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ""));
  const parsed = Variables.safeParse(given, { error: validationMessage });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const name = String(issue?.path[0]);
    // A malformed secret is not printed: it may differ from the real one by a character, and logs have more readers.
    const shown = secretVariables.has(name) ? "的值" : `的值“${given[name] ?? ""}”`;
    throw new InvalidSettingError(`环境变量 ${name} ${shown}不对：${issue?.message ?? ""}。`);
  }
  const env = parsed.data;
  const production = env.NODE_ENV === "production";
  if (production && env.DEMO)
    throw new InvalidSettingError("生产环境不能开演示模式：请去掉 DEMO，或不要设 NODE_ENV=production。");
  if (production && env.SECOND_FACTOR === "optional")
    throw new InvalidSettingError("生产环境不能设 SECOND_FACTOR=optional：工作人员的账号能看到居民信息，要两步验证。");
  if (production && !env.WECHAT_APP_ID)
    throw new InvalidSettingError("生产环境需要 WECHAT_APP_ID 与 WECHAT_APP_SECRET。");
  if ((env.WECHAT_APP_ID === undefined) !== (env.WECHAT_APP_SECRET === undefined)) {
    throw new InvalidSettingError("WECHAT_APP_ID 与 WECHAT_APP_SECRET 要一起给。");
  }
  if (production && !(env.WECHAT_PUSH_TOKEN && env.PUBLIC_URL)) {
    throw new InvalidSettingError(
      "生产环境需要 PUBLIC_URL 与 WECHAT_PUSH_TOKEN：照片要先由微信检测，结果推送到这台服务器。",
    );
  }
  if (production && env.PUBLIC_URL && !env.PUBLIC_URL.startsWith("https://"))
    throw new InvalidSettingError("生产环境的 PUBLIC_URL 要以 https:// 开头：照片与登录不能在网上明文来往。");
  if (production && !env.WECHAT_ENCODING_AES_KEY && (env.WECHAT_PUSH_TOKEN ?? "").length < MIN_PLAIN_TOKEN) {
    throw new InvalidSettingError(
      `生产环境请设 WECHAT_ENCODING_AES_KEY（安全模式）；收明文推送时，WECHAT_PUSH_TOKEN 至少 ${MIN_PLAIN_TOKEN} 个字符，不能让人猜到。`,
    );
  }
  if (production && env.MONGODB_URI && travelsUnprotected(env.MONGODB_URI)) {
    throw new InvalidSettingError(
      "生产环境连接别的机器上的数据库要用 TLS：请在 MONGODB_URI 里加 tls=true，自签的证书用 tlsCAFile 给出签发者，不要跳过证书核对。",
    );
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
    backupRecipients: env.BACKUP_RECIPIENTS ?? [],
    /** Null: uploaded files are not scanned. */
    clamd: env.CLAMD_SOCKET ?? null,
    demo,
    factorPolicy: env.SECOND_FACTOR ?? defaultFactorPolicy(demo),
    consoleSession: {
      idleMs: env.CONSOLE_IDLE_MINUTES * 60_000,
      absoluteMs: env.CONSOLE_MAX_HOURS * 3_600_000,
    },
    wechat:
      env.WECHAT_APP_ID && env.WECHAT_APP_SECRET
        ? { appId: env.WECHAT_APP_ID, secret: env.WECHAT_APP_SECRET, baseUrl: env.WECHAT_BASE_URL }
        : null,
    push: env.WECHAT_PUSH_TOKEN ? { token: env.WECHAT_PUSH_TOKEN, aesKey: env.WECHAT_ENCODING_AES_KEY ?? null } : null,
    publicUrl: env.PUBLIC_URL?.replace(/(?<!\/)\/+$/, "") ?? null,
    /** Null when unset. */
    templates: env.WECHAT_TEMPLATES ?? null,
    robots: env.WECOM_ROBOT_URLS ?? null,
    limitsFactor: env.LIMITS_FACTOR,
    behindProxy: env.BEHIND_PROXY,
    logLevel: env.LOG_LEVEL,
    apiDocs: env.API_DOCS ?? !production,
  };
}
