import type { Log } from "../log.ts";
import { Refusal } from "./api.ts";

/** Where the mini-program may connect to. */
export interface Domains {
  /** Hosts that the mini-program's administration would list, such as `api.example.cn`. */
  listed: readonly string[];
  /** Hosts that really answer at another: the one built into the artefact, and the server of the test. */
  moved: Readonly<Record<string, string>>;
}

/**
 * The address to connect to. Throws, and says so in the log, what WeChat refuses: relative, unencrypted or unlisted.
 * Loopback is for tests.
 */
export function reach(asked: unknown, secure: "https:" | "wss:", domains: Domains, log: Log): string {
  const refuse = (reason: string): never => {
    // The app may take it for a lost connection; whoever reads the log must not.
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
