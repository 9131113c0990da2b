import type { Connection } from "mongoose";
import type { Logger } from "pino";
import { createWordCheck } from "./content/word-check.ts";
import { createWordList } from "./content/word-list.ts";
import { publicHolidays } from "./calendar/public-holidays.ts";
import { anchorFile } from "./events/anchor-file.ts";
import { signDays } from "./events/day-anchors.ts";
import type { Anchors } from "./events/anchors.ts";
import { coTasksConsumer } from "./events/co-tasks.ts";
import { deliveriesConsumer } from "./events/deliveries.ts";
import { erasureConsumer } from "./events/erasure.ts";
import type { ErasureNotes } from "./events/erasure-notes.ts";
import { figuresConsumer } from "./events/figures.ts";
import { type LiveTail, createLiveTail } from "./events/live-tail.ts";
import { noticesConsumer } from "./events/notices.ts";
import { isRecorded } from "./events/recorded.ts";
import { type Point, type Relay, createRelay } from "./events/relay.ts";
import { emptyTail } from "./events/seal.ts";
import { sealOver } from "./events/seal-over.ts";
import { walkLog } from "./events/walk-log.ts";
import { type FactorPolicy, defaultFactorPolicy } from "./domain/second-factor.ts";
import { createFileService } from "./files/file-service.ts";
import { createPasswords } from "./identity/passwords.ts";
import { createSecondFactors } from "./identity/second-factors.ts";
import { createTokens } from "./identity/tokens.ts";
import { type Sender, createSender } from "./jobs/sender.ts";
import { keysFit } from "./keys/key-proof.ts";
import { createBudgets } from "./limits/budgets.ts";
import { createLimiter } from "./limits/limiter.ts";
import type { Keys } from "./keys/keys.ts";
import { createReadiness } from "./operations/readiness.ts";
import { type Clock, type Deps, systemClock } from "./ports.ts";
import { createSheets } from "./sheets/read-sheet.ts";
import type { Sms } from "./sms/sms.ts";
import { createSignal } from "./signal.ts";
import { prepareDatabase } from "./store/connection.ts";
import { createStore } from "./store/store.ts";
import { dispatchCommunity } from "./usecases/dispatch/dispatch-community.ts";
import { createQueueHead } from "./usecases/requests/queue-head.ts";
import { checkPhotos } from "./usecases/photos/check-photos.ts";
import type { WeChatSettings } from "./wechat/settings.ts";
import type { Templates } from "./wechat/templates.ts";
import { createWeChat } from "./wechat/wechat.ts";
import { type Robot, createRobot } from "./wecom/robot.ts";

/** Rows of the log that one call checks: less than a second of work. */
const CHECKED_AT_ONCE = 2_000;
/** The relay takes some ten milliseconds; a log that is not written to for so long is out of order, ms. */
const RECORDED_WITHIN_MS = 5_000;

/** The adapters that differ between production, development and tests. */
export interface Parts {
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
  erasures: ErasureNotes;
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
  recordedWithinMs?: number;
  probe?: (point: Point) => Promise<void> | void;
}

/** Puts the parts together: the ports of the use cases, the relay, the tail for live updates and the sender of messages, not started. Creates collections and indexes. */
export async function compose(parts: Parts): Promise<{ deps: Deps; relay: Relay; tail: LiveTail; sender: Sender }> {
  const { connection, keys, sms, log, demo, clock = systemClock, leaseClock = systemClock } = parts;
  const store = createStore(connection);
  const files = createFileService({ connection, keys, inspect: (fileIds) => checkPhotos(deps, fileIds) });
  await prepareDatabase(connection);
  const tail = createLiveTail({ store, log });
  const sender = createSender(() => deps);
  const relay = createRelay({
    store,
    keys,
    clock: leaseClock,
    log,
    holder: parts.holder,
    // What is erased, is erased after everybody has read it.
    consumers: [
      coTasksConsumer(() => deps),
      noticesConsumer(store),
      deliveriesConsumer({ store, clock, queued: () => sender.kick() }),
      figuresConsumer(store),
      erasureConsumer({ store, files, keys }),
    ],
    anchors: parts.anchors,
    advanced: tail.kick,
    lead: (communityId) => dispatchCommunity(deps, communityId),
    ...(parts.probe ? { probe: parts.probe } : {}),
  });
  const limiter = createLimiter(store.limits, clock);
  const failed = (error: unknown): void => log.warn({ err: error }, "a count could not be shared with other processes");
  const wechat = createWeChat({ ...parts.wechat, tokens: store.weChatTokens, keys, log, clock, leaseClock });
  const deps: Deps = {
    store,
    clock,
    keys,
    tokens: createTokens(keys),
    passwords: createPasswords(),
    secondFactors: createSecondFactors(),
    factorPolicy: parts.factorPolicy ?? defaultFactorPolicy(demo),
    budgets: createBudgets({ limiter, clock, keys, failed }, parts.limitsFactor),
    limiter,
    wechat,
    words: createWordCheck(wechat, createWordList()),
    sms,
    robot: parts.robot ?? createRobot({}, log),
    templates: parts.templates ?? {},
    files,
    sheets: createSheets(),
    holidays: publicHolidays(),
    queueHead: createQueueHead(store),
    log,
    erasures: parts.erasures,
    kick: () => relay.kick(),
    loginsEnded: createSignal(),
    publicUrl: parts.publicUrl,
    recorded: (eventId) =>
      isRecorded({ store, kick: () => relay.kick() }, eventId, parts.recordedWithinMs ?? RECORDED_WITHIN_MS),
    signDays: (communityId) => signDays({ store, keys, clock }, communityId),
    anchorFile: (communities) => anchorFile(keys, communities),
    notReady: createReadiness({
      store,
      stopping: parts.stopping ?? (() => false),
      relayQuiet: relay.quiet,
      keysFit: () => keysFit(store, keys),
    }),
    sealOver: (communityId, first, last) => sealOver({ store, keys }, communityId, first, last),
    checkLog: async (communityId, after) => {
      const noted = (await parts.anchors.read())[communityId] ?? emptyTail;
      return walkLog({ store, keys, noted }, communityId, { after, limit: CHECKED_AT_ONCE });
    },
    demo,
  };
  return { deps, relay, tail, sender };
}
