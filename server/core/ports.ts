import type { Logger } from "pino";
import type { WordCheck } from "../adapters/content/word-check.ts";
import type { FileService } from "../adapters/files/file-service.ts";
import type { Passwords } from "../adapters/identity/passwords.ts";
import type { SecondFactors } from "../adapters/identity/second-factors.ts";
import type { Tokens } from "../adapters/identity/tokens.ts";
import type { Keys } from "../adapters/keys/keys.ts";
import type { Limiter } from "../adapters/limits/limiter.ts";
import type { Sheets } from "../adapters/sheets/read-sheet.ts";
import type { Sms } from "../adapters/sms/sms.ts";
import type { Templates } from "../adapters/wechat/templates.ts";
import type { WeChat } from "../adapters/wechat/wechat.ts";
import type { Robot } from "../adapters/wecom/robot.ts";
import type { Clock } from "../kernel/clock.ts";
import type { DataRegister } from "../kernel/personal-data.ts";
import type { Signal } from "../kernel/signal.ts";
import type { ServiceLog } from "../log/service-log.ts";
import type { ErasureNotes } from "../operations/erasure-notes.ts";
import type { FactorPolicy } from "./domain/accounts/second-factor.ts";
import type { Calendar } from "./domain/community/calendar.ts";
import type { ModuleHooks } from "./module-hooks.ts";
import type { Store } from "./store/store.ts";
import type { QueueHead } from "./usecases/requests/queue-head.ts";

/** Everything outside the rules that use cases may ask for. A use case names those that it uses: `Uses<"store" | "clock">`. */
export interface Ports {
  store: Store;
  clock: Clock;
  keys: Keys;
  tokens: Tokens;
  passwords: Passwords;
  secondFactors: SecondFactors;
  /** Whether accounts of the committee and the operator open with a second factor only. */
  factorPolicy: FactorPolicy;
  /** Counts for all processes, in the database. */
  limiter: Limiter;
  wechat: WeChat;
  words: WordCheck;
  sms: Sms;
  /** The cadres' group chats. */
  robot: Robot;
  /** Templates of subscribe messages; a purpose without one is not told through WeChat. */
  templates: Templates;
  files: FileService;
  /** Lists that people upload. */
  sheets: Sheets;
  /** Public holidays and worked weekends; `calendarOf` adds what a committee has changed. */
  holidays: Calendar;
  queueHead: QueueHead;
  /** Lines for the operator. The service log is `serviceLog`. */
  log: Logger;
  /** The sealed log of what was done. */
  serviceLog: ServiceLog;
  /** What the modules do where the core asks all of them. */
  modules: ModuleHooks;
  /** What is kept of people in the whole product. */
  register: DataRegister;
  /** Accounts that were closed, noted outside the database. */
  erasures: ErasureNotes;
  /** Where others reach this server: scheme and host, without a slash at the end. WeChat fetches photos from there. */
  publicUrl(): string;
  /** Tells the relay of this process that a community has a new event. It may be lost: the relay finds the rest by itself. */
  kick(communityId: string): void;
  /** Whose logins this process has ended, by the user's id: their live connections are closed. */
  loginsEnded: Signal<string>;
  /** Demo mode: replies to `otp` carry the code, demo accounts are listed. Never in production. */
  demo: boolean;
}

/** The ports that a use case names. */
export type Uses<Name extends keyof Ports> = Pick<Ports, Name>;
