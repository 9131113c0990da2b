import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { loadKeys } from "../../../server/adapters/keys/keys.ts";
import { connect } from "../../../server/core/store/connection.ts";
import { freshDatabase } from "../../support/engine.ts";
import { liveAs } from "../../support/live.ts";
import { apiClient } from "../../support/api.ts";
import { submission } from "../../support/requests.ts";
import { dataFolder } from "../../support/data-folder.ts";
import { type ServerProcess, startServer } from "../../support/server-process.ts";
import { until } from "../../support/until.ts";
import { openWorld } from "../../support/world.ts";

const dataDir = await dataFolder();
const { uri, name } = freshDatabase();
const keys = await loadKeys(join(dataDir, "keys.json"));
const world = await openWorld({ connection: await connect(uri, name), keys });
world.clock.set(new Date());
const database = { uri, name };

const running: ServerProcess[] = [];
afterAll(() => Promise.all(running.map((server) => server.end("SIGKILL"))));
const open = async (env: Record<string, string> = {}) => {
  const server = await startServer({ database, dataDir, env });
  running.push(server);
  return server;
};

const leases = () => world.deps.store.partitions.free(new Date());
describe("a server that is asked to end", { timeout: 60_000 }, () => {
  it("first reports that it is not ready, finishes requests in progress, closes with 1001, hands over, and exits 0", async () => {
    const server = await open({ STOP_DELAY_SECONDS: "5" });
    const resident = await world.resident();
    const token = () => world.deps.tokens.issueAccess(resident.id, "s", new Date());
    const api = apiClient(server.base, token);
    await until(async () => (await world.deps.store.partitions.free(new Date())).length === 0);
    const live = await liveAs({ ...world, base: server.base }, resident);
    expect(await (await fetch(`${server.ops}/readyz`)).json()).toEqual({ ok: true, reasons: [], degraded: [] });

    const ended = server.end();
    await until(async () => (await fetch(`${server.ops}/readyz`)).status === 503);
    // It reports that it is not ready, but still serves: callers that have not noticed yet are not refused.
    const refused = await fetch(`${server.base}/readyz`);
    expect([refused.status, await refused.json()]).toMatchObject([
      503,
      { error: { details: { reasons: ["stopping"] } } },
    ]);
    expect(refused.headers.get("connection")).toBe("close");
    expect((await fetch(`${server.base}/healthz`)).status).toBe(200);
    // Files until the server accepts nothing more. Each acknowledged request must be stored.
    const acknowledged: string[] = [];
    for (;;) {
      const filed = await api.call("POST /api/requests", { body: submission() }).catch(() => null);
      if (!filed) break;
      acknowledged.push(filed.ok.id);
    }
    expect(await ended).toBe(0);
    expect(await live.closed).toBe(1001);
    expect(acknowledged.length).toBeGreaterThan(0);
    for (const id of acknowledged) expect(await world.deps.store.requests.load(id)).not.toBeNull();
    // Its leases and locks are released at once instead of expiring.
    expect(await leases()).toHaveLength(16);
    const jobs = await world.deps.store.jobLeases.list();
    expect(jobs.length).toBeGreaterThan(0);
    expect(jobs.filter(({ holder }) => holder !== null)).toEqual([]);
  });

  it("is followed at once by another: its partitions work, without the end of a lease", async () => {
    const first = await open();
    await until(async () => (await leases()).length === 0);
    const second = await open();
    expect(await first.end()).toBe(0);
    const resident = await world.resident();
    const api = apiClient(second.base, () => world.deps.tokens.issueAccess(resident.id, "s", new Date()));
    const { id } = (await api.call("POST /api/requests", { body: submission() })).ok;
    await until(async () => (await world.deps.store.log.has([`${id}:1`])).size === 1);
    expect(await second.end()).toBe(0);
  });
});

describe("a server with other keys than those of the database", { timeout: 60_000 }, () => {
  it("does not start, and says why in a sentence", async () => {
    const first = await open();
    await first.end();
    const other = await dataFolder();
    await expect(startServer({ database, dataDir: other })).rejects.toThrow(/密钥文件与数据库不是一套/);
  });
});
