import { systemClock } from "./kernel/clock.ts";
import type { Clock } from "./kernel/clock.ts";
import type { Connection } from "mongoose";
import type { Logger } from "pino";
import { createWordCheck } from "./adapters/content/word-check.ts";
import { createWordList } from "./adapters/content/word-list.ts";
import { publicHolidays } from "./adapters/calendar/public-holidays.ts";
import type { Anchors } from "./log/anchors.ts";
import { coTasksConsumer } from "./modules/co-handling/consumer.ts";
import { deliveriesConsumer } from "./core/consumers/deliveries.ts";
import { erasureConsumer } from "./core/consumers/erasure.ts";
import type { ErasureNotes } from "./operations/erasure-notes.ts";
import { type LiveTail, createLiveTail } from "./log/live-tail.ts";
import { NOTICES, noticesConsumer } from "./core/consumers/notices.ts";
import { type ProbePoint, type Relay, createRelay } from "./log/relay.ts";
import { type FactorPolicy, defaultFactorPolicy } from "./core/domain/accounts/second-factor.ts";
import { createPasswords } from "./adapters/identity/passwords.ts";
import { createSecondFactors } from "./adapters/identity/second-factors.ts";
import { createTokens } from "./adapters/identity/tokens.ts";
import { type Sender, createSender } from "./core/jobs/sender.ts";
import { keysMatch } from "./adapters/keys/key-proof.ts";
import { createBudgets } from "./adapters/limits/budgets.ts";
import { createLimiter } from "./adapters/limits/limiter.ts";
import type { Keys } from "./adapters/keys/keys.ts";
import { createReadiness } from "./operations/readiness.ts";
import type { Deps } from "./deps.ts";
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
  /** Which WeChat answers, and for which mini-program. */
  wechat: WeChatSettings;
  /** Scheme and host under which this server is reached from outside. */
  publicUrl: () => string;
  sms: Sms;
  /** The cadres' group chats; none when left out. */
  robot?: Robot;
  /** Templates of subscribe messages; none when left out. */
  templates?: Templates;
  anchors: Anchors;
  erasureNotes: ErasureNotes;
  log: Logger;
  demo: boolean;
  /** Default: a demo's accounts open with their password alone, others' do not. */
  factorPolicy?: FactorPolicy;
  /** Raises the budgets of users and addresses; default 1. */
  limitsFactor?: number;
  /** Names this process among those that share the database. */
  holder: string;
  clock?: Clock;
  /** The clock of leases; real time unless a test sets it. */
  leaseClock?: Clock;
  /** Whether the process was asked to end. */
  stopping?: () => boolean;
  /** How long something waits to be on record, ms. */
  recordTimeoutMs?: number;
  probe?: (point: ProbePoint) => Promise<void> | void;
}

/**
 * Puts the parts together: the ports of the use cases, the relay, the tail for live updates and the sender of
 * messages, not started. Creates collections and indexes.
 */
export async function compose(parts: Adapters): Promise<{ deps: Deps; relay: Relay; tail: LiveTail; sender: Sender }> {
  const { connection, keys, sms, log, demo, clock = systemClock, leaseClock = systemClock } = parts;
  const { repositories, store, files, modules } = openKeeping(connection, keys);
  await prepareDatabase(connection);
  const limiter = createLimiter(store.limits, clock);
  const wechat = createWeChat({ ...parts.wechat, tokens: store.weChatTokens, keys, log, clock, leaseClock });
  /** Carries the word that something is to be relayed from the use cases to the relay, which is made from them. */
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
    // What is erased, is erased after everybody has read it.
    consumers: [
      coTasksConsumer(ports),
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
    notReady: createReadiness({
      store,
      stopping: parts.stopping ?? (() => false),
      relayIdleMs: relay.quietMs,
      keysFit: () => keysMatch(store, keys),
    }),
  };
  return { deps, relay, tail, sender };
}
