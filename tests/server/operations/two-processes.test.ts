import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createFileAnchors } from "../../../server/log/anchors.ts";
import { verifyLog } from "../../../server/log/verify-log.ts";
import { loadKeys } from "../../../server/adapters/keys/keys.ts";
import type { User } from "../../../server/core/domain/accounts/user.ts";
import { connect } from "../../../server/core/store/connection.ts";
import { apiClient } from "../../support/api.ts";
import { freshDatabase } from "../../support/engine.ts";
import { openFrontDoor } from "../../support/front-door.ts";
import { liveAs } from "../../support/live.ts";
import { submission } from "../../support/requests.ts";
import { dataFolder } from "../../support/data-folder.ts";
import { type ServerProcess, startServer } from "../../support/server-process.ts";
import { until } from "../../support/until.ts";
import { openWorld } from "../../support/world.ts";

const dataDir = await dataFolder();
const { uri, name } = freshDatabase();
const keys = await loadKeys(join(dataDir, "keys.json"));
// The test's own world creates people and reads the database. Its relay does not run.
const world = await openWorld({ connection: await connect(uri, name), keys });
world.clock.set(new Date());
const { store, tokens } = world.deps;
const door = await openFrontDoor();
const servers: ServerProcess[] = [];

beforeAll(async () => {
  const starting = [1, 2].map(() => startServer({ database: { uri, name }, dataDir, env: { BEHIND_PROXY: "true" } }));
  servers.push(...(await Promise.all(starting)));
  door.serve(servers.map(({ base }) => base));
}, 60_000);
afterAll(() => Promise.all(servers.map((server) => server.end("SIGKILL"))));

const as = (user: User, base = door.base) => apiClient(base, () => tokens.issueAccess(user.id, "s", new Date()));
const file = async (user: User, base = door.base) =>
  (await as(user, base).call("POST /api/requests", { body: submission() })).ok.id;
async function metric(server: ServerProcess, series: string): Promise<number> {
  const text = await (await fetch(`${server.ops}/metrics`)).text();
  return Number(
    text
      .split("\n")
      .find((line) => line.startsWith(`${series} `))
      ?.slice(series.length) ?? 0,
  );
}

describe("two server processes behind one port", { timeout: 60_000 }, () => {
  it("answer alternately, like one", async () => {
    const resident = await world.resident();
    const ids: string[] = [];
    for (let n = 0; n < 6; n++) ids.push(await file(resident));
    for (const server of servers) {
      const { items } = (await as(resident, server.base).call("GET /api/requests", { query: { scope: "mine" } })).ok;
      expect(new Set(items.map(({ id }) => id))).toEqual(new Set(ids));
      expect(await metric(server, `dianxiaoer_http_requests_total{operation="POST /api/requests",status="201"}`)).toBe(
        3,
      );
    }
  });

  it("tell of each other's events, each once and in order", async () => {
    const [resident, cadre] = [await world.resident(), await world.cadre()];
    const clients = [
      await liveAs({ ...world, base: door.base }, cadre),
      await liveAs({ ...world, base: door.base }, cadre),
    ];
    for (const server of servers) expect(await metric(server, "dianxiaoer_live_connections")).toBe(1);
    const ids = await Promise.all(servers.map(({ base }) => file(resident, base)));
    await until(async () => (await store.log.has(ids.map((id) => `${id}:1`))).size === 2);
    const all = (await store.log.after("east", 0, 1_000))
      .filter(({ requestId }) => ids.includes(requestId ?? ""))
      .map(({ requestId, type }) => `east:${requestId} ${type}`);
    for (const client of clients) {
      // Later rows may come meanwhile: dispatch goes on.
      const heard = () => client.heard().filter((one) => all.includes(one));
      await until(() => heard().length >= all.length);
      expect(heard()).toEqual(all);
      client.drop();
    }
  });

  it("let sixty claimers take the next of forty: nobody's twice, none left", async () => {
    const resident = await world.resident("west");
    const west = { ...submission(), communityId: "west" };
    const filed = await Promise.all(
      Array.from({ length: 40 }, async () => (await as(resident).call("POST /api/requests", { body: west })).ok.id),
    );
    const cadres = await Promise.all(Array.from({ length: 60 }, () => world.cadre("west", { onDuty: false })));
    const ends = new Date(Date.now() + 3 * 3_600_000);
    for (const { id } of cadres)
      await store.users.update(id, { duty: { communityId: "west", startedAt: new Date(), until: ends } });
    const taken = await Promise.all(
      cadres.map(async (cadre) => {
        const claimed = await as(cadre).call("POST /api/queue/claim-next");
        return claimed.code === null ? (claimed.body as { id: string }).id : null;
      }),
    );
    const won = taken.filter((id) => id !== null);
    expect(new Set(won).size).toBe(won.length);
    expect(new Set(won)).toEqual(new Set(filed));
    const claims = async () =>
      (await store.log.after("west", 0, 1_000))
        .filter(({ type }) => type === "request.claimed")
        .map(({ requestId }) => String(requestId));
    await until(async () => (await claims()).length >= filed.length);
    expect((await claims()).toSorted()).toEqual(filed.toSorted());
  });

  it("hold each partition once, and run each job in one process at a time", async () => {
    const partitions = await Promise.all(servers.map((server) => metric(server, "dianxiaoer_relay_partitions")));
    expect(partitions[0]! + partitions[1]!).toBe(16);
    const jobs = (await store.gauges.jobs()).map(({ name: job }) => job);
    expect(new Set(jobs).size).toBe(jobs.length);
    await until(async () => {
      const runs = servers.map((server) =>
        metric(server, `dianxiaoer_job_runs_total{job="escalations",result="done"}`),
      );
      return (await Promise.all(runs)).reduce((a, b) => a + b) >= 2;
    });
  });

  it("share the count of a limit", async () => {
    const ask = (server: ServerProcess) =>
      apiClient(server.base, null).call("POST /api/auth/otp", { body: { phone: "13900001111" } });
    const first = await ask(servers[0]!);
    expect([first.status, first.code]).toEqual([200, null]);
    expect((await ask(servers[1]!)).code).toBe("rate.limited");
  });

  it(
    "of which one is killed: the other goes on with its partitions, its jobs and its listeners, and nothing is lost",
    { timeout: 120_000 },
    async () => {
      const [resident, cadre] = [await world.resident(), await world.cadre()];
      const [first, second] =
        (await metric(servers[0]!, "dianxiaoer_relay_partitions")) > 0
          ? [servers[0]!, servers[1]!]
          : [servers[1]!, servers[0]!];
      const live = await liveAs({ ...world, base: first.base }, cadre);
      // Requests that the killed process acknowledged just before its death.
      const filed = await Promise.all(
        Array.from({ length: 12 }, () => file(resident, first.base).catch(() => null)).concat([
          first.end("SIGKILL").then(() => null),
        ]),
      );
      const acknowledged = filed.filter((id) => id !== null);
      door.serve([second.base]);
      expect(await live.closed).toBe(1006);
      const back = await liveAs({ ...world, base: door.base }, cadre);
      const after = await file(resident);
      await until(
        async () =>
          (await store.log.has([...acknowledged, after].map((id) => `${id}:1`))).size === acknowledged.length + 1,
      );
      await until(() => back.heard().some((one) => one.endsWith("request.submitted")));
      // The event may have been in a partition of the survivor; it takes the dead process's partitions only after their
      // leases
      // have expired.
      await until(async () => (await metric(second, "dianxiaoer_relay_partitions")) === 16);
      back.drop();
      expect((await verifyLog(store, keys, createFileAnchors(join(dataDir, "anchors.json")))).faults).toEqual([]);
      expect(await second.end()).toBe(0);
    },
  );
});
