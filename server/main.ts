import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { startEngine } from "../engine/index.ts";
import { createLiveness } from "./operations/liveness.ts";
import { printStartupMessage } from "./operations/startup-message.ts";
import { createApp } from "./app.ts";
import { compose } from "./compose.ts";
import { communities } from "./demo/places.ts";
import { seedDemo } from "./demo/seed.ts";
import { INVITATION_PAGE } from "./core/domain/people/invitation.ts";
import { createShutdown } from "./operations/shutdown.ts";
import { readEnv } from "./env.ts";
import { createFileAnchors } from "./log/anchors.ts";
import { createFileErasures } from "./operations/erasure-notes.ts";
import { type Live, createLive } from "./core/http/live/live.ts";
import { knownHosts } from "./kernel/http/known-hosts.ts";
import { networkOf } from "./core/domain/privacy/mask.ts";
import { createHttpServer } from "./kernel/http/http-server.ts";
import { startExportWorker } from "./modules/exports/writing/start-worker.ts";
import { startErasureWatch } from "./core/jobs/erasure-watch.ts";
import { moduleJobs } from "./modules/index.ts";
import { allJobs } from "./core/jobs/all-jobs.ts";
import { startScheduler } from "./kernel/jobs/scheduler.ts";
import { ensureKeyProof } from "./adapters/keys/key-proof.ts";
import { loadKeys } from "./adapters/keys/keys.ts";
import { drain } from "./kernel/http/drain.ts";
import { createMetrics } from "./operations/metrics.ts";
import { createOpsServer } from "./operations/ops-server.ts";
import { ensureSchema } from "./operations/schema.ts";
import { createLog } from "./operations/log.ts";
import { createDevelopmentSms, createNoSms } from "./adapters/sms/sms.ts";
import { startFailure, withoutUris } from "./operations/start-failure.ts";
import { connect, reach } from "./core/store/connection.ts";
import { createDatabaseClock } from "./core/store/database-clock.ts";
import { createMetaRepository } from "./core/store/meta.ts";
import { startFakeWeChat } from "./adapters/wechat/fake/fake.ts";
import { newPushSecrets } from "./adapters/wechat/push-crypto.ts";
import { createPictures } from "./adapters/pictures/pictures.ts";
import { createFileScanner, noScanner } from "./adapters/scan/file-scanner.ts";
import { createPushReader } from "./adapters/wechat/push-reader.ts";
import { developmentTemplates } from "./adapters/wechat/templates.ts";
import { startFakeWeCom } from "./adapters/wecom/fake.ts";
import { createRobot } from "./adapters/wecom/robot.ts";

const say = (line: string): void => console.log(line);

/** How long requests in progress have to be answered once the process is asked to end, ms. */
const DRAIN_MS = 10_000;
/** Connections of one network: an office behind one address, each with a few. */
const MAX_PER_NETWORK = 1_000;

/** Set once the settings are read. */
let delayMs = 0;
const ending = createShutdown({ say, delayMs: () => delayMs });
const { started } = ending;

async function main(): Promise<void> {
  const env = readEnv();
  delayMs = env.stopDelayMs;
  const log = createLog(env.logLevel);
  const engine = await startEngine({
    dataDir: env.dataDir,
    uri: env.mongo.uri,
    choice: env.mongo.choice,
    log: say,
  });
  started(() => engine.stop());
  void engine.lost.then(({ message }) => ending.fail(message));
  if (env.production && engine.kind !== "given")
    say("注意：生产环境正在用内置的数据库，只有这一份数据、这一台机器。正式运行请用 MONGODB_URI 指定副本集。");
  const connection = await connect(engine.uri, env.mongo.database);
  started(() => connection.close());
  const clock = await createDatabaseClock(connection);
  started(() => clock.stop());

  const holder = randomUUID();
  const schema = { connection, store: { meta: createMetaRepository(connection) }, clock, holder, say };
  await ensureSchema(schema, { ask: env.production });

  const keys = await loadKeys(env.keysFile);
  const fake = env.wechat ? null : await startFakeWeChat();
  if (fake) {
    started(() => fake.stop());
    fake.addPage(INVITATION_PAGE);
    for (const { id, fields } of Object.values(developmentTemplates)) fake.addTemplate(id, Object.keys(fields));
  }
  const group = env.robots || env.production ? null : await startFakeWeCom();
  if (group) started(() => group.stop());
  const robots = env.robots ?? (group ? Object.fromEntries(communities.map(({ id }) => [id, group.webhook()])) : {});
  // Unless it is configured, it is set once the server listens.
  let publicUrl = env.publicUrl ?? "";
  const wechat = env.wechat ?? fake!.settings;
  const push = env.push ?? newPushSecrets();
  const pictures = createPictures({ log });
  started(async () => pictures.stop());
  const { deps, relay, tail, sender } = await compose({
    connection,
    pictures,
    scanner: env.clamd ? createFileScanner(env.clamd, log) : noScanner,
    keys,
    wechat,
    publicUrl: () => publicUrl,
    sms: env.production ? createNoSms() : createDevelopmentSms(log),
    robot: createRobot(robots, log),
    templates: env.templates ?? (fake ? developmentTemplates : {}),
    anchors: createFileAnchors(join(env.dataDir, "anchors.json")),
    erasureNotes: createFileErasures(join(env.dataDir, "erasures.jsonl")),
    log,
    demo: env.demo,
    factorPolicy: env.factorPolicy,
    consoleSession: env.consoleSession,
    limitsFactor: env.limitsFactor,
    holder,
    clock,
    leaseClock: clock,
    stopping: ending.asked,
  });
  await ensureKeyProof(deps.store, keys);
  if (env.demo) await seedDemo(deps, new Date(), say, () => relay.drain());
  started(await startErasureWatch(deps, log));
  relay.start();
  started(() => relay.stop());
  sender.start();
  started(() => sender.stop());
  tail.start();
  started(() => tail.stop());
  started(startExportWorker({ uri: engine.uri, database: env.mongo.database, keysFile: env.keysFile }, log));
  let live: Live | null = null;
  const metrics = createMetrics({
    store: deps.store,
    clock,
    relay,
    connections: () => live?.connections() ?? 0,
    machineAhead: clock.machineAhead,
    ready: async () => (await deps.notReady()).length === 0,
  });
  const leases = deps.store.jobLeases;
  started(
    startScheduler({ jobs: [...allJobs, ...moduleJobs], context: deps, leases, holder, clock, log, ran: metrics.ran }),
  );

  const dist = join(import.meta.dirname, "../dist");
  // Without TLS and with passwords that everybody knows: a page elsewhere must not reach it by a name of its own.
  const hosts = env.demo ? knownHosts(env.host, env.publicUrl) : null;
  const app = createApp(deps, {
    hosts,
    apiDocs: env.apiDocs,
    checkReplies: !env.production,
    logRequests: env.production,
    answered: metrics.answered,
    fronts: { h5: join(dist, "h5"), console: join(dist, "console") },
    behindProxy: env.behindProxy,
    push: createPushReader(push, wechat.appId),
    version: "0.1.0",
  });
  const server = createHttpServer(
    app.callback(),
    {},
    env.behindProxy ? null : { most: MAX_PER_NETWORK * env.limitsFactor, networkOf },
  );
  const { port } = await listen(server, env);
  // After the signal, clients are told not to reuse a connection that is about to be closed.
  server.prependListener("request", (_request, response) => {
    if (ending.asked()) response.setHeader("Connection", "close");
  });
  const updates = createLive({ deps, tail, behindProxy: env.behindProxy, hosts });
  live = updates;
  updates.attach(server);
  started(() => Promise.all([updates.stop(), drain(server, DRAIN_MS)]));
  const liveness = createLiveness({
    notReady: deps.notReady,
    reach: () => reach(engine.uri, env.mongo.database),
    gaveUp: () => void ending.fail("到数据库的连接坏了，自己好不了，而数据库在正常工作：服务就此结束，请重新启动它。"),
  });
  started(liveness.stop);
  const ops =
    env.ops &&
    createOpsServer({ notReady: deps.notReady, scannable: deps.scanner.available, alive: liveness.alive, metrics });
  const opsBase = ops && env.ops ? `http://${env.ops.host}:${(await listen(ops, env.ops)).port}` : null;
  const base = `http://${env.host}:${port}`;
  publicUrl ||= base;
  fake?.pushTo({ ...push, url: `${base}/api/wechat/push`, format: "json" });
  if (env.limitsFactor > 1) say(`限额放宽到 ${env.limitsFactor} 倍（LIMITS_FACTOR）。`);
  printStartupMessage(say, { base, docs: env.apiDocs, ops: opsBase, demo: env.demo });
}

/** Starts listening and returns the address. Rejects when the address cannot be bound. */
async function listen(server: Server, { host, port }: { host: string; port: number }): Promise<AddressInfo> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return server.address() as AddressInfo;
}

try {
  await main();
} catch (error) {
  // A failure during a start that was asked to stop is no news: the signal's handler ends the process.
  if (ending.asked()) await new Promise(() => undefined);
  await ending.fail(startFailure(error) ?? `启动没有成功：${withoutUris(String((error as Error).stack ?? error))}`);
}
