import type { Logger } from "pino";
import type { WordCheck } from "./adapters/content/word-check.ts";
import type { Actor } from "./kernel/actor.ts";
import type { Calendar } from "./core/domain/community/calendar.ts";
import type { FactorPolicy } from "./core/domain/accounts/second-factor.ts";
import type { FileService } from "./adapters/files/file-service.ts";
import type { Tokens } from "./adapters/identity/tokens.ts";
import type { Passwords } from "./adapters/identity/passwords.ts";
import type { SecondFactors } from "./adapters/identity/second-factors.ts";
import type { Keys } from "./adapters/keys/keys.ts";
import type { Sms } from "./adapters/sms/sms.ts";
import type { NotReady } from "./operations/readiness.ts";
import type { QueueHead } from "./core/usecases/requests/queue-head.ts";
import type { Sheets } from "./adapters/sheets/read-sheet.ts";
import type { LogRow } from "./log/store/log.ts";
import type { AnchorFile } from "./log/anchor-file.ts";
import type { ErasureNotes } from "./operations/erasure-notes.ts";
import type { DayAnchor } from "./log/store/day-anchors.ts";
import type { Budgets } from "./adapters/limits/budgets.ts";
import type { Limiter } from "./adapters/limits/limiter.ts";
import type { Signal } from "./kernel/signal.ts";
import type { Store } from "./core/store/store.ts";
import type { Templates } from "./adapters/wechat/templates.ts";
import type { WeChat } from "./adapters/wechat/wechat.ts";
import type { Robot } from "./adapters/wecom/robot.ts";

/** The time, as a port: tests and demo data set it. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** What a part of a log is sealed by. */
export interface SealOver {
  /** Every row from the first to the anchor's (without one: to the last) is as it was written, now. */
  holds: boolean;
  /** The signed end of the day that covers the last row, and what its public key is recognized by; null: it is not signed yet. */
  anchor: (DayAnchor & { fingerprint: string }) | null;
}

/** What the use cases may touch: everything outside the rules comes in through here. */
export interface Deps {
  store: Store;
  clock: Clock;
  keys: Keys;
  tokens: Tokens;
  passwords: Passwords;
  secondFactors: SecondFactors;
  /** Whether accounts of the committee and the operator open with a second factor only. */
  factorPolicy: FactorPolicy;
  /** What one user and one address may ask for, by class of operation. */
  budgets: Budgets;
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
  log: Logger;
  /** Accounts that were closed, noted outside the database. */
  erasures: ErasureNotes;
  /** Where others reach this server: scheme and host, without a slash at the end. WeChat fetches photos from there. */
  publicUrl(): string;
  /** Tells the relay of this process that a community has a new event. It may be lost: the relay finds the rest by itself. */
  kick(communityId: string): void;
  /** Whose logins this process has ended, by the user's id: their live connections are closed. */
  loginsEnded: Signal<string>;
  /** Waits until an event is in the log, not only in an outbox. False: it is not, after some seconds. */
  recorded(eventId: string): Promise<boolean>;
  /** Signs the days of a community's log that are over; returns all that are signed, the oldest first. */
  signDays(communityId: string): Promise<readonly DayAnchor[]>;
  /** What is exported of signed days, with the public keys to check it by. */
  anchorFile(communities: Record<string, readonly DayAnchor[]>): AnchorFile;
  /** Checks rows of a community's log from one to another, and the signed end of the day above them. */
  sealOver(communityId: string, first: Pick<LogRow, "pos">, last: Pick<LogRow, "pos" | "seal">): Promise<SealOver>;
  /** Checks the next part of a community's log, after a row that is known to hold. */
  checkLog(communityId: string, after: number): Promise<CheckedLog>;
  /** Why this process should be sent no work now; empty: it can serve. */
  notReady(): Promise<readonly NotReady[]>;
  /** Demo mode: replies to `otp` carry the code, demo accounts are listed. Never in production. */
  demo: boolean;
}

/** How far a log was checked; `rows` of them, and they hold up to `tail`. */
export interface CheckedLog {
  rows: number;
  tail: { pos: number; seal: string };
  done: boolean;
  fault: { pos: number; kind: "missing" | "payload" | "row" | "key" | "seal" | "anchor" | "cut" } | null;
}

/** A caller's intent that must happen once: the `Idempotency-Key` header and a keyed hash of what was asked. */
export interface Intent {
  key: string;
  bodyHash: string;
  /** The hash by each key of the ring: the intent may have been carried out before a rotation, or by a process that is ahead. */
  otherHashes?: readonly string[];
}

/** Who asks, and under which intent, if the caller gave one. */
export interface Asking {
  actor: Actor;
  intent: Intent | null;
}
