import { systemClock } from "./kernel/clock.ts";
import type { Clock } from "./kernel/clock.ts";
import type { Connection } from "mongoose";
import type { Logger } from "pino";
import { createWordCheck } from "./adapters/content/word-check.ts";
import { createWordList } from "./adapters/content/word-list.ts";
import { publicHolidays } from "./adapters/calendar/public-holidays.ts";
import type { Anchors } from "./log/anchors.ts";
import { deliveriesConsumer } from "./core/consumers/deliveries.ts";
import { erasureConsumer } from "./core/consumers/erasure.ts";
import type { ErasureNotes } from "./operations/erasure-notes.ts";
import { type LiveTail, createLiveTail } from "./log/live-tail.ts";
import { NOTICES, noticesConsumer } from "./core/consumers/notices.ts";
import { type ProbePoint, type Relay, createRelay } from "./log/relay.ts";
import { type FactorPolicy, defaultFactorPolicy } from "./core/domain/accounts/second-factor.ts";
import { type ConsoleSessionPolicy, defaultConsoleSession } from "./core/domain/accounts/session-end.ts";
import { createPasswords } from "./adapters/identity/passwords.ts";
import { createSecondFactors } from "./adapters/identity/second-factors.ts";
import { createTokens } from "./adapters/identity/tokens.ts";
import { type Sender, createSender } from "./core/jobs/sender.ts";
import { keysMatch } from "./adapters/keys/key-proof.ts";
import { createBudgets } from "./adapters/limits/budgets.ts";
import { createLimiter } from "./adapters/limits/limiter.ts";
import type { Keys } from "./adapters/keys/keys.ts";
import { type FileScanner, noScanner } from "./adapters/scan/file-scanner.ts";
import { createReadiness } from "./operations/readiness.ts";
import type { Deps } from "./deps.ts";
import { type Pictures, createPictures } from "./adapters/pictures/pictures.ts";
import { createSheets } from "./adapters/sheets/read-sheet.ts";
import type { Sms } from "./adapters/sms/sms.ts";
import { createSignal } from "./kernel/signal.ts";
import { prepareDatabase } from "./core/store/connection.ts";
import { openKeeping } from "./open-store.ts";
import { dataRegister, moduleConsumers } from "./modules/index.ts";
import { dispatchCommunity } from "./core/usecases/requests/dispatch-community.ts";
import type { Ports } from "./core/ports.ts";
import { createServiceLog } from "./log/service-log.ts";
import { createQueueHead } from "./core/usecases/requests/queue-head.ts";
import type { WeChatSettings } from "./adapters/wechat/settings.ts";
import type { Templates } from "./adapters/wechat/templates.ts";
import { createWeChat } from "./adapters/wechat/wechat.ts";
import { type Robot, createRobot } from "./adapters/wecom/robot.ts";

/** The adapters that differ between production, development and tests. */
export interface Adapters {
  connection: Connection;
  keys: Keys;
  /** The app id, secret and base URL of the WeChat API in use. */
  wechat: WeChatSettings;
  /** Scheme and host under which clients reach this server from outside. */
  publicUrl: () => string;
  sms: Sms;
  /** Decodes pictures; by default with decoders of its own, which end with this process. */
  pictures?: Pictures;
  /** Scans uploaded files; by default they are not. */
  scanner?: FileScanner;
  /** The group chats of the cadres; none when left out. */
  robot?: Robot;
  /** Templates of subscribe messages; none when left out. */
  templates?: Templates;
  anchors: Anchors;
  erasureNotes: ErasureNotes;
  log: Logger;
  demo: boolean;
  /** Default: accounts of a demo need a password only, all others a second factor too. */
  factorPolicy?: FactorPolicy;
  /** Default: 30 minutes without use, 12 hours in all. */
  consoleSession?: ConsoleSessionPolicy;
  /** Factor on the call budgets of users and addresses; default 1. */
  limitsFactor?: number;
  /** Identifies this process among those that share the database. */
  holder: string;
  clock?: Clock;
  /** The clock of leases: real time, unless a test sets another one. */
  leaseClock?: Clock;
  /** True once the process was asked to end. */
  stopping?: () => boolean;
  /** How long a use case waits for its event to be in the log, ms. */
  recordTimeoutMs?: number;
  probe?: (point: ProbePoint) => Promise<void> | void;
}

/**
 * Creates the adapters and wires them to the ports of the use cases, the relay, the tail for live updates and the
 * sender of messages. Nothing is started. Creates collections and indexes.
 */
export async function compose(parts: Adapters): Promise<{ deps: Deps; relay: Relay; tail: LiveTail; sender: Sender }> {
  const { connection, keys, sms, log, demo, clock = systemClock, leaseClock = systemClock } = parts;
  const { repositories, store, files, modules } = openKeeping(
    connection,
    keys,
    clock,
    parts.pictures ?? createPictures({ log }),
  );
  await prepareDatabase(connection);
  const limiter = createLimiter(store.limits, clock);
  const wechat = createWeChat({ ...parts.wechat, tokens: store.weChatTokens, keys, log, clock, leaseClock });
  /** Passes `wakeRelay` calls on to the relay, which is created later because it needs the ports. */
  const relayWanted = createSignal<string>();
  const wakeRelay = relayWanted.emit;
  const ports: Ports = {
    store,
    clock,
    keys,
    tokens: createTokens(keys),
    passwords: createPasswords(),
    secondFactors: createSecondFactors(),
    factorPolicy: parts.factorPolicy ?? defaultFactorPolicy(demo),
    consoleSession: parts.consoleSession ?? defaultConsoleSession,
    limiter,
    wechat,
    wordCheck: createWordCheck(wechat, createWordList()),
    sms,
    robot: parts.robot ?? createRobot({}, log),
    templates: parts.templates ?? {},
    files,
    sheets: createSheets(),
    holidays: publicHolidays(),
    queueHead: createQueueHead(store),
    log,
    serviceLog: createServiceLog({
      ...{ store, keys, clock, anchors: parts.anchors, wakeRelay: () => wakeRelay("") },
      ...(parts.recordTimeoutMs === undefined ? {} : { recordTimeoutMs: parts.recordTimeoutMs }),
    }),
    modules,
    register: dataRegister,
    erasureNotes: parts.erasureNotes,
    wakeRelay,
    loginsEnded: createSignal(),
    publicUrl: parts.publicUrl,
    demo,
  };
  const tail = createLiveTail({ store, log, after: NOTICES });
  const sender = createSender(ports);
  const relay = createRelay({
    store,
    keys,
    clock: leaseClock,
    log,
    holder: parts.holder,
    // Erasure is the last consumer, so that all others have read a payload before it is erased.
    consumers: [
      noticesConsumer(store),
      deliveriesConsumer({ store, clock, queued: sender.wake }),
      ...moduleConsumers({ ...repositories, ...ports }),
      erasureConsumer(ports),
    ],
    anchors: parts.anchors,
    onCaughtUp: tail.wake,
    lead: (communityId) => dispatchCommunity(ports, communityId),
    ...(parts.probe ? { probe: parts.probe } : {}),
  });
  relayWanted.subscribe(() => relay.wake());
  const failed = (error: unknown): void => log.warn({ err: error }, "a count could not be shared with other processes");
  const deps: Deps = {
    ...repositories,
    ...ports,
    budgets: createBudgets({ limiter, clock, keys, failed }, parts.limitsFactor),
    scanner: parts.scanner ?? noScanner,
    notReady: createReadiness({
      store,
      stopping: parts.stopping ?? (() => false),
      relayIdleMs: relay.quietMs,
      keysFit: () => keysMatch(store, keys),
    }),
  };
  return { deps, relay, tail, sender };
}
