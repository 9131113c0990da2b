import { randomUUID } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { pino } from "pino";
import { compose } from "../../server/compose.ts";
import type { User } from "../../server/core/domain/accounts/user.ts";
import { createFileAnchors } from "../../server/log/anchors.ts";
import { createMemoryErasures } from "../../server/operations/erasure-notes.ts";
import { loadKeys } from "../../server/adapters/keys/keys.ts";
import type { Deps } from "../../server/deps.ts";
import { createDevelopmentSms } from "../../server/adapters/sms/sms.ts";
import { connect } from "../../server/core/store/connection.ts";
import { recordConsentAnswer } from "../../server/core/usecases/notify/consents.ts";
import { type FakeWeChat, startFakeWeChat } from "../../server/adapters/wechat/fake/fake.ts";
import { developmentTemplates } from "../../server/adapters/wechat/templates.ts";
import { people } from "../support/people.ts";
import { community } from "../support/places.ts";
import { type ServerProcess, startServer } from "../support/server-process.ts";
import { type EnginePart, type EngineProcess, startEngineProcess } from "./engine-process.ts";
import { type Line, openLine } from "../support/tcp-proxy.ts";

const CLOCK = join(import.meta.dirname, "wrong-clock.ts");
const DATABASE = "chaos";

/** One of the servers, with its own connection to the database, which tests can interrupt. */
export interface Host {
  line: Line;
  /** Null while it is down. */
  server: ServerProcess | null;
  /** Restarts it, with as many attempts as necessary. */
  revive(): Promise<void>;
}

/** Two servers, an engine, a fake WeChat, and people. */
export interface ChaosWorld {
  hosts: readonly Host[];
  /** Servers that ended by themselves. */
  crashes: readonly string[];
  wechat: FakeWeChat;
  /** Dependencies to read the database over a connection that is never cut. They run no jobs. */
  deps: Deps;
  residents: readonly User[];
  cadres: readonly User[];
  clerk: User;
  anchorsFile: string;
  /** The time of the whole world. */
  now(): Date;
  /** Runs `work` with the clock `minutes` in the past. */
  ago<T>(minutes: number, work: () => Promise<T>): Promise<T>;
  /** Every document of a collection. */
  documents<T>(name: string): Promise<T[]>;
  killEngine(): Promise<void>;
  /** Kills parts of the engine, which come up again by themselves. */
  killParts(parts: readonly EnginePart[]): Promise<void>;
  /** Residents say yes to a few more messages. */
  consent(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The offset that makes it ten in the morning in Shanghai when the world opens, so that quiet hours do not delay
 * messages.
 */
function toMorning(): number {
  const now = Date.now();
  const morning = new Date(`${new Date(now).toISOString().slice(0, 10)}T02:00:00Z`).getTime();
  return morning - now;
}

export async function openChaosWorld(): Promise<ChaosWorld> {
  const folder = await mkdtemp(join(tmpdir(), "dianxiaoer-chaos-"));
  // Under root the database runs as another user, who must be able to enter this folder.
  await chmod(folder, 0o755);
  const offset = toMorning();
  const worldClock = { WRONG_CLOCK_MS: String(offset) };
  const engineClock = { ...worldClock, NODE_OPTIONS: `--import=${pathToFileURL(CLOCK).href}` };
  let back = 0;
  const clock = { now: () => new Date(Date.now() + offset - back) };

  const engine: EngineProcess = await startEngineProcess(join(folder, "engine"), engineClock);
  const lines = await Promise.all([openLine(), openLine(), openLine()]);
  const lead = (): void => lines.forEach((line) => line.lead(engine.port));
  lead();
  const uriOf = (line: Line): string =>
    `mongodb://${engine.userInfo}@127.0.0.1:${line.port}/?directConnection=true&authMechanism=SCRAM-SHA-256`;
  const [own, ...others] = lines;

  const wechat = await startFakeWeChat({ clock });
  for (const { id, fields } of Object.values(developmentTemplates)) wechat.addTemplate(id, Object.keys(fields));
  const log = pino({ level: "silent" });
  const anchorsFile = join(folder, "anchors.json");
  const connection = await connect(uriOf(own), DATABASE);
  const { deps } = await compose({
    connection,
    keys: await loadKeys(join(folder, "keys.json")),
    wechat: wechat.settings,
    publicUrl: () => "",
    sms: createDevelopmentSms(log),
    anchors: createFileAnchors(anchorsFile),
    erasureNotes: createMemoryErasures(),
    log,
    demo: false,
    holder: randomUUID(),
    clock,
    leaseClock: clock,
  });

  const crashes: string[] = [];
  const hosts = others.map((line): Host => {
    const start = (): Promise<ServerProcess> =>
      startServer({
        database: { uri: uriOf(line), name: DATABASE },
        dataDir: folder,
        preload: [pathToFileURL(CLOCK).href],
        env: {
          ...worldClock,
          LOG_LEVEL: "error",
          WECHAT_APP_ID: wechat.settings.appId,
          WECHAT_APP_SECRET: wechat.settings.secret,
          WECHAT_BASE_URL: wechat.settings.baseUrl,
          WECHAT_TEMPLATES: JSON.stringify(developmentTemplates),
        },
      });
    // Restarts run one after the other, because two faults may have ended the server.
    let turn = Promise.resolve();
    const revive = async (): Promise<void> => {
      while (!host.server) {
        const server = await start().catch(() => null);
        if (server) server.child.once("exit", (code, signal) => ended(server, code, signal));
        host.server = server;
      }
    };
    /** A server that a fault has not ended is started again, as a service manager would. */
    function ended(server: ServerProcess, code: number | null, signal: string | null): void {
      if (host.server !== server) return;
      crashes.push(`a server ended by itself with ${code ?? signal}: ${server.lines.slice(-10).join(" | ")}`);
      host.server = null;
      void host.revive();
    }
    const host: Host = { line, server: null, revive: () => (turn = turn.then(revive)) };
    return host;
  });

  for (const id of ["east", "west"]) await deps.store.communities.save(community(id));
  const { resident, cadre, staff } = people(deps);
  const residents = await Promise.all(Array.from({ length: 8 }, () => resident()));
  const cadres = await Promise.all(Array.from({ length: 5 }, () => cadre()));
  const day = new Date(clock.now().getTime() + 24 * 3_600_000);
  for (const { id } of cadres)
    await deps.store.users.update(id, { duty: { communityId: "east", startedAt: clock.now(), until: day } });
  const clerk = await staff("committee");
  const accepted = developmentTemplates.accepted?.id ?? "";
  for (const { id } of residents) {
    const openid = `o-${id}`;
    wechat.visit(openid);
    wechat.grant(openid, accepted, 100_000);
    const subject = deps.keys.blindIndex("wechat", openid);
    const sealed = deps.keys.seal(openid, "openid");
    await deps.store.identities.link({ kind: "wechat", subject, userId: id, sealed });
  }
  await Promise.all(hosts.map((host) => host.revive()));

  return {
    hosts,
    crashes,
    wechat,
    deps,
    residents,
    cadres,
    clerk,
    anchorsFile,
    now: clock.now,
    async ago(minutes, work) {
      back = minutes * 60_000;
      return work().finally(() => {
        back = 0;
      });
    },
    documents: async <T>(name: string) => (await connection.collection(name).find({}).toArray()) as unknown as T[],
    async killEngine() {
      await engine.killAndStart();
      lead();
    },
    killParts: engine.killParts,
    async consent() {
      for (const { id } of residents) {
        wechat.visit(`o-${id}`);
        for (let n = 0; n < 10; n++) {
          await recordConsentAnswer(deps, id, accepted, {
            id: randomUUID(),
            by: "app",
            answer: "accept",
            at: clock.now(),
          });
        }
      }
    },
    async close() {
      for (const host of hosts) {
        const { server } = host;
        host.server = null;
        await server?.end("SIGKILL");
      }
      await connection.close();
      await wechat.stop();
      for (const line of lines) line.close();
      await engine.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
