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
import type { ConsoleSessionPolicy } from "./domain/accounts/session-end.ts";
import type { FactorPolicy } from "./domain/accounts/second-factor.ts";
import type { Calendar } from "./domain/community/calendar.ts";
import type { ModuleHooks } from "./module-hooks.ts";
import type { Store } from "./store/store.ts";
import type { QueueHead } from "./usecases/requests/queue-head.ts";

/** The ports of use cases. A use case declares which it uses: `Uses<"store" | "clock">`. */
export interface Ports {
  store: Store;
  clock: Clock;
  keys: Keys;
  tokens: Tokens;
  passwords: Passwords;
  secondFactors: SecondFactors;
  /** Whether accounts of the committee, the subdistrict and the operator require a second factor. */
  factorPolicy: FactorPolicy;
  /** When logins of the console end. */
  consoleSession: ConsoleSessionPolicy;
  /** Request budgets, counted in the database for all processes. */
  limiter: Limiter;
  wechat: WeChat;
  wordCheck: WordCheck;
  sms: Sms;
  /** The cadres' group chats. */
  robot: Robot;
  /** Templates of subscribe messages. A purpose without a template is not sent through WeChat. */
  templates: Templates;
  files: FileService;
  /** Reads uploaded spreadsheets. */
  sheets: Sheets;
  /** Public holidays and worked weekends. `calendarOf` adds the committee's changes. */
  holidays: Calendar;
  queueHead: QueueHead;
  /** The operator's log. The service log is `serviceLog`. */
  log: Logger;
  /** The sealed service log. */
  serviceLog: ServiceLog;
  /** The hooks of all modules. */
  modules: ModuleHooks;
  /** The inventory of personal data of the whole product. */
  register: DataRegister;
  /** Notes of closed accounts, outside the database. */
  erasureNotes: ErasureNotes;
  /** The public address of this server: scheme and host, without a trailing slash. WeChat fetches photos from there. */
  publicUrl(): string;
  /** Tells the relay of this process that a community has a new event. The call may be lost: the relay also polls. */
  wakeRelay(communityId: string): void;
  /** Ids of users whose logins this process has ended. Their live connections are closed. */
  loginsEnded: Signal<string>;
  /** Demo mode: replies to `otp` contain the code, and demo accounts are listed. Never in production. */
  demo: boolean;
}

/** The ports that a use case declares. */
export type Uses<Name extends keyof Ports> = Pick<Ports, Name>;
