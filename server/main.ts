import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pino } from "pino";
import { startEngine } from "../engine/index.ts";
import { createApp } from "./app.ts";
import { compose } from "./compose.ts";
import { demoAccounts } from "./demo/accounts.ts";
import { communities } from "./demo/places.ts";
import { seedDemo } from "./demo/seed.ts";
import { INVITATION_PAGE } from "./domain/invitation.ts";
import { readEnv } from "./env.ts";
import { createFileAnchors } from "./events/anchors.ts";
import { createLive } from "./http/live/live.ts";
import { startExportWorker } from "./exports/start-worker.ts";
import { dayAnchors } from "./jobs/day-anchors.ts";
import { housekeeping } from "./jobs/housekeeping.ts";
import { taskLadder } from "./jobs/co-tasks.ts";
import { ladder } from "./jobs/ladder.ts";
import { leavers } from "./jobs/leavers.ts";
import { photoChecks } from "./jobs/photo-checks.ts";
import { shiftEnds } from "./jobs/shift-ends.ts";
import { startScheduler } from "./jobs/scheduler.ts";
import { loadKeys } from "./keys/keys.ts";
import { createDevelopmentSms, createNoSms } from "./sms/sms.ts";
import { startFailure } from "./start-failure.ts";
import { connect } from "./store/connection.ts";
import { startFakeWeChat } from "./wechat/fake/fake.ts";
import { newPushSecrets } from "./wechat/push-crypto.ts";
import { createPushReader } from "./wechat/push-reader.ts";
import { developmentTemplates } from "./wechat/templates.ts";
import { startFakeWeCom } from "./wecom/fake.ts";
import { createRobot } from "./wecom/robot.ts";

const say = (line: string): void => console.log(line);

/** What has been started, in order; stopped in reverse. */
const started: (() => Promise<unknown>)[] = [];

async function stop(): Promise<void> {
  for (const end of started.splice(0).toReversed()) await end();
}

async function main(): Promise<void> {
  const env = readEnv();
  const log = pino({ level: env.logLevel });
  const engine = await startEngine({
    dataDir: env.dataDir,
    uri: env.mongo.uri,
    choice: env.mongo.choice,
    log: say,
  });
  started.push(() => engine.stop());
  const connection = await connect(engine.uri, env.mongo.database);
  started.push(() => connection.close());

  const keys = await loadKeys(env.keysFile);
  const fake = env.wechat ? null : await startFakeWeChat();
  if (fake) {
    started.push(() => fake.stop());
    fake.addPage(INVITATION_PAGE);
    for (const { id, fields } of Object.values(developmentTemplates)) fake.addTemplate(id, Object.keys(fields));
  }
  const group = env.robots || env.production ? null : await startFakeWeCom();
  if (group) started.push(() => group.stop());
  const robots = env.robots ?? (group ? Object.fromEntries(communities.map(({ id }) => [id, group.webhook()])) : {});
  // Known when the server listens, unless it is set.
  let publicUrl = env.publicUrl ?? "";
  const wechat = env.wechat ?? fake!.settings;
  const push = env.push ?? newPushSecrets();
  const { deps, relay, tail, sender } = await compose({
    connection,
    keys,
    wechat,
    publicUrl: () => publicUrl,
    sms: env.production ? createNoSms() : createDevelopmentSms(log),
    robot: createRobot(robots, log),
    templates: env.templates ?? (fake ? developmentTemplates : {}),
    anchors: createFileAnchors(join(env.dataDir, "anchors.json")),
    log,
    demo: env.demo,
    holder: randomUUID(),
  });
  if (env.demo) await seedDemo(deps, new Date(), say, () => relay.drain());
  relay.start();
  started.push(() => relay.stop());
  sender.start();
  started.push(() => sender.stop());
  tail.start();
  started.push(() => tail.stop());
  started.push(startExportWorker({ uri: engine.uri, database: env.mongo.database, keysFile: env.keysFile }, log));
  const jobs = [ladder, leavers, taskLadder, shiftEnds, photoChecks, housekeeping, dayAnchors];
  started.push(await startScheduler({ jobs, deps, db: connection.db }));

  const dist = join(import.meta.dirname, "../dist");
  const app = createApp(deps, {
    checkReplies: !env.production,
    logRequests: env.production,
    fronts: { h5: join(dist, "h5"), console: join(dist, "console") },
    behindProxy: env.behindProxy,
    push: createPushReader(push, wechat.appId),
    version: "0.1.0",
  });
  const server = createServer(app.callback());
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(env.port, env.host, resolve);
  });
  started.push(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeIdleConnections();
      }),
  );
  const live = createLive({ deps, tail });
  live.attach(server);
  started.push(() => live.stop());
  const base = `http://${env.host}:${(server.address() as AddressInfo).port}`;
  publicUrl ||= base;
  fake?.pushTo({ ...push, url: `${base}/api/wechat/push`, format: "json" });
  announce(base, env.demo);
}

/** Roles as people call them. */
const roleWords = {
  resident: "居民",
  cadre: "干部",
  partner: "协同单位",
  committee: "居委会",
  supervisor: "街镇",
  admin: "管理员",
} as const;

function announce(base: string, demo: boolean): void {
  say(`\n店小二已开门：\n  手机端    ${base}/\n  控制台    ${base}/console/\n  接口文档  ${base}/api/docs`);
  if (!demo) return;
  say("\n演示账号（验证码在登录页直接给出）：");
  for (const { role, title, name, phone, account, password } of demoAccounts()) {
    say(`  ${roleWords[role]}  ${name}（${title}）  ${phone ? `手机 ${phone}` : `账号 ${account} 密码 ${password}`}`);
  }
}

/** Ends in order when asked to, and at once when asked twice. */
let stopping = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (stopping) process.exit(130);
    stopping = true;
    say("正在收工：办完手上的请求，关闭数据库……");
    void stop().then(() => process.exit(0));
  });
}

try {
  await main();
} catch (error) {
  // Asked to end while it was starting: what broke under the start is no news, and the signal's handler exits.
  if (stopping) await new Promise(() => undefined);
  console.error(startFailure(error) ?? `启动没有成功：${String((error as Error).stack ?? error)}`);
  await stop();
  process.exit(1);
}
