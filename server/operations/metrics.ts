import type { Answered } from "../kernel/http/access-log.ts";
import type { Clock } from "../kernel/clock.ts";
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from "prom-client";
import type { Store } from "../core/store/store.ts";
import { createTimedProbe } from "./timed-probe.ts";

/** How long values read from the database are cached, ms, so that frequent scrapes cost no more. */
const FRESH_MS = 5_000;

export interface MetricsParts {
  store: Store;
  clock: Clock;
  /** The relay of this process. */
  relay: { partitions(): number; quietMs(): number };
  connections: () => number;
  machineAhead: () => number;
  ready: () => Promise<boolean>;
}

export interface Metrics {
  /** Counts an answered request. */
  answered(answered: Answered): void;
  /** Counts a run of a job. */
  ran(job: string, seconds: number, ok: boolean): void;
  /** All metrics in Prometheus' text format. Returns them even when the database does not answer. */
  text(): Promise<string>;
  type: string;
}

/**
 * The metrics, which docs/operations/runbook.md lists. Labels are operations, states, error codes, communities and
 * jobs. They have no personal data, and their number is bounded by the contract and the communities.
 */
export function createMetrics(parts: MetricsParts): Metrics {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  collectDefaultMetrics({ register: registry });
  const gauge = <L extends string>(name: string, help: string, labelNames: L[] = []): Gauge<L> =>
    new Gauge({ name: `dianxiaoer_${name}`, help, labelNames, registers });

  const requests = new Counter({
    name: "dianxiaoer_http_requests_total",
    help: "Requests answered, by operation and status",
    labelNames: ["operation", "status"],
    registers,
  });
  const refusals = new Counter({
    name: "dianxiaoer_http_errors_total",
    help: "Requests answered with an error, by the domain's code",
    labelNames: ["operation", "code"],
    registers,
  });
  const duration = new Histogram({
    name: "dianxiaoer_http_request_duration_seconds",
    help: "Time from a request to its reply",
    labelNames: ["operation"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const jobRuns = new Counter({
    name: "dianxiaoer_job_runs_total",
    help: "Runs of jobs in this process",
    labelNames: ["job", "result"],
    registers,
  });
  const jobSeconds = new Histogram({
    name: "dianxiaoer_job_duration_seconds",
    help: "Time that a run of a job took in this process",
    labelNames: ["job"],
    buckets: [0.01, 0.1, 1, 10, 60],
    registers,
  });
  const ofProcess = {
    ready: gauge("ready", "1: this process can be sent work"),
    partitions: gauge("relay_partitions", "Partitions of the log that this process holds, of 16"),
    quiet: gauge("relay_quiet_seconds", "Since the relay of this process last went over its partitions"),
    connections: gauge("live_connections", "WebSocket connections of this process"),
    ahead: gauge("clock_ahead_seconds", "By how much this machine's clock is ahead of the database's"),
  };
  const ofDatabase = {
    up: gauge("database_up", "1: the database answered the last scrape"),
    waiting: gauge("queue_requests", "Requests that wait in the queue", ["community"]),
    offers: gauge("offers_running", "Requests that are offered to a cadre now", ["community"]),
    outbox: gauge("relay_waiting_documents", "Documents with events that are not in the log yet"),
    lag: gauge("relay_lag_seconds", "Age of the oldest event that is not in the log yet"),
    jobLag: gauge("job_lag_seconds", "By how much a job that nobody runs is late", ["job"]),
  };

  const readDatabase = createTimedProbe(async () => {
    // The queries run one after the other, so that an unresponsive database gets only one at a time.
    const queues = await parts.store.gauges.queues();
    const outbox = await parts.store.outbox.waiting();
    const jobs = await parts.store.gauges.jobs();
    const now = parts.clock.now().getTime();
    const late = (since: Date | null): number => (since ? Math.max(0, now - since.getTime()) / 1_000 : 0);
    ofDatabase.waiting.reset();
    ofDatabase.offers.reset();
    for (const { communityId, waiting, offers } of queues) {
      ofDatabase.waiting.set({ community: communityId }, waiting);
      ofDatabase.offers.set({ community: communityId }, offers);
    }
    ofDatabase.outbox.set(outbox.documents);
    ofDatabase.lag.set(late(outbox.oldest));
    for (const { name, nextRunAt, running } of jobs)
      ofDatabase.jobLag.set({ job: name }, running ? 0 : late(nextRunAt));
    return true;
  }, FRESH_MS);

  return {
    answered({ method, route, status, code, seconds }) {
      // Requests that are no operation, such as files of the front ends and wrong addresses, share one series, so that
      // callers cannot create new ones.
      const operation = route ? `${method} ${route}` : "other";
      requests.inc({ operation, status });
      duration.observe({ operation }, seconds);
      if (code) refusals.inc({ operation, code });
    },
    ran(job, seconds, ok) {
      jobRuns.inc({ job, result: ok ? "done" : "failed" });
      jobSeconds.observe({ job }, seconds);
    },
    async text() {
      const [up, ready] = await Promise.all([readDatabase(), parts.ready()]);
      ofDatabase.up.set(up ? 1 : 0);
      ofProcess.ready.set(ready ? 1 : 0);
      ofProcess.partitions.set(parts.relay.partitions());
      ofProcess.quiet.set(parts.relay.quietMs() / 1_000);
      ofProcess.connections.set(parts.connections());
      ofProcess.ahead.set(parts.machineAhead() / 1_000);
      return registry.metrics();
    },
    type: registry.contentType,
  };
}
