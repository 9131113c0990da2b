import type { Log } from "../log.ts";
import { Refusal } from "./api.ts";

/** The hosts that the mini-program may connect to. */
export interface Domains {
  /** The hosts in the mini-program's administration, such as `api.example.cn`. */
  listed: readonly string[];
  /** Hosts that are redirected: from the one in the build to the test's server. */
  moved: Readonly<Record<string, string>>;
}

/**
 * The address to connect to. Throws and logs an error for addresses that WeChat refuses: relative, unencrypted or
 * unlisted
 * ones. Loopback is allowed for tests.
 */
export function reach(asked: unknown, secure: "https:" | "wss:", domains: Domains, log: Log): string {
  const refuse = (reason: string): never => {
    // The app may treat the refusal as a lost connection, so it is logged as an error, too.
    log.say("error", `${String(asked)}: ${reason}`);
    throw new Refusal(reason);
  };
  if (typeof asked !== "string" || !/^(https?|wss?):\/\//.test(asked)) return refuse(`invalid url "${String(asked)}"`);
  const url = new URL(asked);
  if (url.hostname !== "127.0.0.1" && url.hostname !== "localhost") {
    if (url.protocol !== secure) refuse(`url must be ${secure}//`);
    if (!domains.listed.includes(url.host)) refuse("url not in domain list");
  }
  url.host = domains.moved[url.host] ?? url.host;
  return url.href;
}
