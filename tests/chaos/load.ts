import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { User } from "../../server/core/domain/accounts/user.ts";
import { submission } from "../support/requests.ts";
import type { Random } from "../../server/demo/random.ts";
import type { ChaosWorld } from "./world.ts";

/** A step that a client attempted, with its outcome. */
export interface Wanted {
  /** The type of event that the step writes. */
  type: string;
  requestId: string;
  userId: string;
  /** `unknown`: there was no answer until the end, so the step may or may not have happened. */
  outcome: "acknowledged" | "refused" | "unknown";
}

export interface Load {
  /**
   * Resolves once so many more steps than now are acknowledged, or when no step was for two minutes: then with what the
   * servers say of themselves.
   */
  acknowledges(steps: number): Promise<string | null>;
  /** Ends the load after the current steps. */
  stop(): Promise<void>;
  wanted: readonly Wanted[];
  /** Answers that no fault explains. */
  surprises: readonly string[];
  /** The number of repeated calls. */
  repeated(): number;
  /** How long after a moment each server that acknowledges steps did so again, the slowest, ms; null: none did. */
  answeredAfter(moment: number): number | null;
}

/** The timeout of a call, ms. */
const PATIENCE_MS = 8_000;
/** How long calls are repeated after the end, ms, while servers come back. */
const AFTER_MS = 45_000;
/** No step is acknowledged for so long, ms: something does not recover. */
const SILENT_MS = 120_000;
/** Refusals that competing clients may get. */
const LOST = /^(?:request|queue|step|claim|write|rating)\./;

interface Step {
  type: string;
  path: string;
  body: unknown;
  by: User;
  requestId?: string;
}

/**
 * Runs residents and cadres. Each call has an `Idempotency-Key` and is repeated, to either server, until it is
 * answered.
 * The seed determines their actions, but not the times, which depend on the machine.
 */
export function startLoad(world: ChaosWorld, random: Random, clients: number): Load {
  const wanted: Wanted[] = [];
  const surprises: string[] = [];
  let repeated = 0;
  let running = true;
  let stoppedAt = Number.POSITIVE_INFINITY;
  /** When each server acknowledged steps. */
  const acknowledged = new Map<string, number[]>();
  let total = 0;
  /** Whoever waits for a number of acknowledged steps. */
  let waiting: { total: number; resolve: () => void }[] = [];
  let lastAt = performance.now();

  function count(base: string): void {
    acknowledged.set(base, [...(acknowledged.get(base) ?? []), performance.now()]);
    lastAt = performance.now();
    total++;
    for (const { resolve } of waiting.filter((one) => one.total <= total)) resolve();
    waiting = waiting.filter((one) => one.total > total);
  }

  const bases = (): string[] => world.hosts.flatMap(({ server }) => server?.base ?? []);

  /** What the server wrote of a reply in its log. */
  function logged(base: string, reply: unknown): string {
    const { requestId } = (reply as { error: { requestId: string } }).error;
    const host = world.hosts.find(({ server }) => server?.base === base);
    return host?.server?.lines.find((line) => line.includes(requestId)) ?? JSON.stringify(reply);
  }

  async function send({ path, body, by }: Step, key: string): Promise<{ status: number; json: unknown } | null> {
    const up = bases();
    if (!up.length) return null;
    const base = random.pick(up);
    try {
      const response = await fetch(`${base}${path}`, {
        method: "POST",
        signal: AbortSignal.timeout(PATIENCE_MS),
        headers: {
          authorization: `Bearer ${world.deps.tokens.issueAccess(by.id, "chaos", world.now())}`,
          "content-type": "application/json",
          "idempotency-key": key,
        },
        body: JSON.stringify(body),
      });
      const json: unknown = await response.json();
      if (response.ok) count(base);
      // What is away is said to be away, and for how long: no fault is a fault of the server.
      const away = response.status === 503 && response.headers.has("retry-after");
      if (response.status >= 500 && !away) surprises.push(`${path}: ${response.status} ${logged(base, json)}`);
      return { status: response.status, json };
    } catch {
      return null;
    }
  }

  /** Takes a step. Returns the request's id when it was acknowledged. */
  async function act(step: Step): Promise<string | null> {
    const key = randomUUID();
    const asked: Wanted = { type: step.type, requestId: step.requestId ?? "", userId: step.by.id, outcome: "unknown" };
    wanted.push(asked);
    for (let n = 0; performance.now() < stoppedAt + AFTER_MS; n++) {
      if (n > 0) {
        repeated++;
        await wait(random.whole(50, 400));
      }
      const answer = await send(step, key);
      if (!answer || answer.status >= 500) continue;
      if (answer.status < 400) {
        asked.outcome = "acknowledged";
        asked.requestId ||= (answer.json as { id: string }).id;
        return asked.requestId;
      }
      const { code } = (answer.json as { error: { code: string } }).error;
      // Too many clients competed: the step did not happen and may be retried.
      if (code === "write.contended") continue;
      asked.outcome = "refused";
      if (!LOST.test(code)) surprises.push(`${step.path}: ${answer.status} ${code}`);
      return null;
    }
    return null;
  }

  /** What each server says of itself. */
  async function told(): Promise<string> {
    const all = world.hosts.map(async ({ server }) => {
      if (!server) return "down";
      const ready = await fetch(`${server.base}/readyz`, { signal: AbortSignal.timeout(PATIENCE_MS) })
        .then((response) => response.text())
        .catch(String);
      return `${server.base} ${ready} ${server.lines.slice(-5).join(" | ")}`;
    });
    return (await Promise.all(all)).join("; ");
  }

  const on = (id: string, action: string, type: string, by: User, body: unknown): Promise<string | null> =>
    act({ type: `request.${type}`, path: `/api/requests/${id}/${action}`, body, by, requestId: id });

  /** A request's whole life. Two cadres try to claim it at the same time, or the resident withdraws it. */
  async function story(): Promise<void> {
    const resident = random.pick(world.residents);
    const [one, two] = [random.pick(world.cadres), random.pick(world.cadres)];
    const id = await act({ type: "request.submitted", path: "/api/requests", body: submission(), by: resident });
    if (!id) return;
    if (random.next() < 0.15) {
      await Promise.all([
        on(id, "withdraw", "withdrawn", resident, { reason: "不需要了" }),
        on(id, "claim", "claimed", one, {}),
      ]);
      return;
    }
    const claims = [one, ...(one === two ? [] : [two])];
    const taken = await Promise.all(claims.map((cadre) => on(id, "claim", "claimed", cadre, {})));
    const handler = claims[taken.findIndex((won) => won !== null)];
    if (!handler) return;
    await Promise.all([
      on(id, "note", "noted", handler, { text: "已经联系门卫" }),
      on(id, "message", "message_sent", resident, { text: "谢谢，我晚上都在家", fileIds: [] }),
    ]);
    if (!(await on(id, "resolve", "resolved", handler, { result: "包裹已送到门口", fileIds: [] }))) return;
    const scores = { response: 5, attitude: 5, result: 5 };
    if (random.next() < 0.7) await on(id, "rate", "rated", resident, { outcome: "solved", scores });
  }

  const loops = Array.from({ length: clients }, async () => {
    while (running) await story();
  });
  return {
    wanted,
    surprises,
    repeated: () => repeated,
    answeredAfter(moment) {
      const waits = [...acknowledged.values()].flatMap((times) => {
        const next = times.find((time) => time >= moment);
        return next === undefined ? [] : [next - moment];
      });
      return waits.length ? Math.max(...waits) : null;
    },
    async acknowledges(steps) {
      const reached = new Promise<null>((resolve) =>
        waiting.push({ total: total + steps, resolve: () => resolve(null) }),
      );
      for (;;) {
        const limit = wait(Math.max(0, lastAt + SILENT_MS - performance.now()), "silent" as const);
        if ((await Promise.race([reached, limit])) === null) return null;
        if (performance.now() - lastAt >= SILENT_MS) return `no step was acknowledged for two minutes: ${await told()}`;
      }
    },
    async stop() {
      running = false;
      stoppedAt = performance.now();
      await Promise.all(loops);
    },
  };
}
