import { describe, expect, it } from "vitest";
import { createMetrics } from "../../../server/operations/metrics.ts";
import type { Answered } from "../../../server/kernel/http/access-log.ts";
import { submission } from "../../support/requests.ts";
import { openWorld } from "../../support/world.ts";

/** Passes answered calls to the metrics, which are created after the app. */
let tell: (answered: Answered) => void = () => undefined;
const world = await openWorld({ app: { answered: (one) => tell(one) } });
const metrics = createMetrics({
  store: world.deps.store,
  clock: world.clock,
  relay: world.relay,
  connections: () => 3,
  machineAhead: () => 1_500,
  ready: async () => true,
});
tell = metrics.answered;

/** The value of a series in the text for Prometheus. */
async function valueOf(series: string): Promise<number | null> {
  const line = (await metrics.text()).split("\n").find((one) => one.startsWith(`${series} `));
  return line ? Number(line.slice(series.length + 1)) : null;
}

describe("the metrics", () => {
  it("count each operation with its duration and refusals, and show queue, offers and lags", async () => {
    const resident = await world.resident();
    const api = await world.as(resident);
    await api.call("POST /api/requests", { body: submission() });
    await api.call("POST /api/requests", { body: submission() });
    await api.call("POST /api/requests/:id/claim", { params: { id: "65f000000000000000000000" } });
    await fetch(`${world.base}/api/nowhere/13912345678?phone=13912345678`);
    world.clock.pass(2);

    const filed = `operation="POST /api/requests"`;
    expect(await valueOf(`dianxiaoer_http_requests_total{${filed},status="201"}`)).toBe(2);
    expect(await valueOf(`dianxiaoer_http_request_duration_seconds_count{${filed}}`)).toBe(2);
    expect(await metrics.text()).toMatch(
      /dianxiaoer_http_errors_total\{operation="POST \/api\/requests\/:id\/claim",code="[a-z_.]+"\} 1/,
    );
    expect(await valueOf(`dianxiaoer_http_errors_total{operation="other",code="route.unknown"}`)).toBe(1);
    expect(await valueOf(`dianxiaoer_queue_requests{community="east"}`)).toBe(2);
    expect(await valueOf(`dianxiaoer_offers_running{community="east"}`)).toBe(0);
    expect(await valueOf("dianxiaoer_relay_waiting_documents")).toBe(2);
    expect(await valueOf("dianxiaoer_relay_lag_seconds")).toBe(120);
    expect(await valueOf("dianxiaoer_live_connections")).toBe(3);
    expect(await valueOf("dianxiaoer_clock_ahead_seconds")).toBe(1.5);
    expect(await valueOf("dianxiaoer_ready")).toBe(1);
    expect(await valueOf("dianxiaoer_database_up")).toBe(1);
    metrics.ran("escalations", 0.5, false);
    expect(await valueOf(`dianxiaoer_job_runs_total{job="escalations",result="failed"}`)).toBe(1);
    expect(await metrics.text()).toContain("nodejs_eventloop_lag_seconds");
  });

  it("have no personal data, and callers cannot create new series", async () => {
    const text = await metrics.text();
    for (const secret of ["13912345678", "65f000000000000000000000", "nowhere"]) expect(text).not.toContain(secret);
  });

  it.each([
    ["is away", () => Promise.reject(new Error("away"))],
    ["does not answer at all", () => new Promise<never>(() => undefined)],
  ])("is told also when the database %s", async (_what, away) => {
    const { store } = world.deps;
    const alone = createMetrics({
      store: { ...store, gauges: { queues: away, jobs: away }, outbox: { ...store.outbox, waiting: away } },
      clock: world.clock,
      relay: world.relay,
      connections: () => 0,
      machineAhead: () => 0,
      ready: async () => false,
    });
    const text = await alone.text();
    expect(text).toContain("dianxiaoer_database_up 0");
    expect(text).toContain("dianxiaoer_ready 0");
    expect(text).toContain("process_resident_memory_bytes");
  });
});

describe("a request's id", () => {
  const given = "0123456789abcdef0123456789abcdef";
  it.each([
    ["nginx's", given, true],
    ["a UUID", "9b2f0c1e-7a54-4c1f-9d3e-0a1b2c3d4e5f", true],
    ["none", "", false],
    ["a phone number", "13912345678", false],
    ["words", "drop table; --", false],
    ["too long", given.repeat(9), false],
  ])("%s: taken only when it is well formed, and told in the error", async (_what, id, taken) => {
    const response = await fetch(`${world.base}/api/nowhere`, { headers: id ? { "x-request-id": id } : {} });
    const told = response.headers.get("x-request-id");
    expect(told === id).toBe(taken);
    expect(told).toMatch(/^[0-9a-f-]{32,36}$/);
    expect(await response.json()).toMatchObject({ error: { requestId: told } });
  });
});
