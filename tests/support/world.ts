import { randomBytes, randomUUID } from "node:crypto";
import type { AddressInfo } from "node:net";
import { pino } from "pino";
import { afterAll } from "vitest";
import { type AppOptions, createApp } from "../../server/app.ts";
import { type Adapters, compose } from "../../server/compose.ts";
import { INVITATION_PAGE } from "../../server/core/domain/people/invitation.ts";
import type { User } from "../../server/core/domain/accounts/user.ts";
import { createMemoryAnchors } from "../../server/log/anchors.ts";
import { createMemoryErasures } from "../../server/operations/erasure-notes.ts";
import type { LiveTail } from "../../server/log/live-tail.ts";
import type { Relay } from "../../server/log/relay.ts";
import { createHttpServer } from "../../server/kernel/http/http-server.ts";
import { type Live, createLive } from "../../server/core/http/live/live.ts";
import { createKeys, newKeyRing } from "../../server/adapters/keys/keys.ts";
import type { Deps } from "../../server/deps.ts";
import { createDevelopmentSms } from "../../server/adapters/sms/sms.ts";
import { connect } from "../../server/core/store/connection.ts";
import { type FakeWeChat, startFakeWeChat } from "../../server/adapters/wechat/fake/fake.ts";
import { newPushSecrets } from "../../server/adapters/wechat/push-crypto.ts";
import { createPushReader } from "../../server/adapters/wechat/push-reader.ts";
import { developmentTemplates } from "../../server/adapters/wechat/templates.ts";
import { type FakeWeCom, startFakeWeCom } from "../../server/adapters/wecom/fake.ts";
import { createRobot } from "../../server/adapters/wecom/robot.ts";
import { type Api, apiClient } from "./api.ts";
import { type TestClock, testClock } from "./clock.ts";
import { freshDatabase } from "./engine.ts";
import { type People, people } from "./people.ts";
import { community } from "./places.ts";

/** A server on its own database, with two communities (`east`, `west`), a clock that stands still, and no people. */
export interface World extends People {
  deps: Deps;
  relay: Relay;
  clock: TestClock;
  wechat: FakeWeChat;
  base: string;
  live: Live;
  tail: LiveTail;
  group: FakeWeCom;
  /** The database, for a program that runs beside the server. */
  database: { uri: string; name: string };
  /** All documents of the database except the public ones of communities, as in a dump. */
  dump(): Promise<unknown[]>;
  /** An API client of a user. Null: not logged in. */
  as(user: User | null): Promise<Api>;
}

export interface WorldOptions extends Partial<Adapters> {
  app?: Partial<AppOptions>;
  communities?: readonly string[];
  /** The port to listen on; 0: a free one. */
  port?: number;
  /** Called with the collection of every write that is sent to the database. */
  wrote?: (collection: string) => void;
}

const writing: readonly string[] = ["insert", "update", "delete", "findAndModify"];

const withOption = (uri: string, option: string): string => `${uri}${uri.includes("?") ? "&" : "/?"}${option}`;

/** Opens a world for the calling test file and stops it after the file's tests. */
export async function openWorld(options: WorldOptions = {}): Promise<World> {
  const { world, stop } = await startWorld(freshDatabase(), options);
  afterAll(stop);
  return world;
}

/** Starts a world on a database. Returns it with a function that stops it. */
export async function startWorld(
  { uri, name }: World["database"],
  { app, communities = ["east", "west"], port = 0, wrote, ...over }: WorldOptions = {},
): Promise<{ world: World; stop: () => Promise<void> }> {
  const clock = testClock();
  const log = pino({ level: "silent" });
  const connection = await connect(wrote ? withOption(uri, "monitorCommands=true") : uri, name);
  connection.getClient().on("commandStarted", ({ commandName, command }) => {
    if (wrote && writing.includes(commandName)) wrote(String(command[commandName]));
  });
  const wechat = await startFakeWeChat({ clock });
  let base = "";
  wechat.addPage(INVITATION_PAGE);
  for (const { id, fields } of Object.values(developmentTemplates)) wechat.addTemplate(id, Object.keys(fields));
  const group = await startFakeWeCom({ clock });
  const { deps, relay, tail } = await compose({
    connection,
    keys: createKeys(newKeyRing()),
    wechat: wechat.settings,
    publicUrl: () => base,
    robot: createRobot({ east: group.webhook(), west: group.webhook() }, log),
    templates: developmentTemplates,
    sms: createDevelopmentSms(log),
    anchors: createMemoryAnchors(),
    erasureNotes: createMemoryErasures(),
    log,
    demo: true,
    // The clock stands still, so a used-up budget would never be refilled. Tests of budgets set their own factor.
    limitsFactor: 1_000,
    holder: randomUUID(),
    clock,
    ...over,
  });
  for (const id of communities) await deps.store.communities.save(community(id));
  const secrets = newPushSecrets();
  const push = createPushReader(secrets, wechat.settings.appId);
  const server = createHttpServer(createApp(deps, { checkReplies: true, version: "test", push, ...app }).callback());
  const live = createLive({ deps, tail, behindProxy: app?.behindProxy ?? false, hosts: app?.hosts ?? null });
  live.attach(server);
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  async function stop(): Promise<void> {
    await live.stop();
    await tail.stop();
    server.closeAllConnections();
    server.close();
    await relay.stop();
    await wechat.stop();
    await group.stop();
    await connection.close();
  }
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  wechat.pushTo({ ...secrets, url: `${base}/api/wechat/push`, format: "json" });
  const world: World = {
    deps,
    relay,
    clock,
    wechat,
    base,
    live,
    tail,
    group,
    database: { uri, name },
    ...people(deps),
    async dump() {
      const collections = (await connection.listCollections()).filter((c) => c.name !== "communities");
      return (await Promise.all(collections.map((c) => connection.collection(c.name).find({}).toArray()))).flat();
    },
    async as(user) {
      const sessionId = randomBytes(12).toString("hex");
      return apiClient(
        base,
        user && (() => deps.tokens.issueAccess(user.id, sessionId, clock.now(), { authenticatedAt: clock.now() })),
      );
    },
  };
  return { world, stop };
}
