import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { User } from "../../server/core/domain/accounts/user.ts";
import { submission } from "../support/requests.ts";
import type { Random } from "../../server/demo/random.ts";
import type { ChaosWorld } from "./world.ts";

/** A step that somebody wanted, and what came of it. */
export interface Wanted {
  /** The event that it leaves. */
  type: string;
  requestId: string;
  userId: string;
  /** `unknown`: no answer by the end, so that it may have happened or not. */
  outcome: "acknowledged" | "refused" | "unknown";
}

export interface Load {
  /** Ends after the steps in hand. */
  stop(): Promise<void>;
  wanted: readonly Wanted[];
  /** Answers that no fault explains. */
  surprises: readonly string[];
  /** How often a call had to be sent again. */
  repeated(): number;
}

/** An answer that takes longer counts as none, ms. */
const PATIENCE_MS = 8_000;
/** So long after the end a call is still repeated, ms: servers come back. */
const AFTER_MS = 45_000;
/** Refusals that two who want the same may meet. */
const LOST = /^(?:request|queue|step|claim|write|rating)\./;

interface Step {
  type: string;
  path: string;
  body: unknown;
  by: User;
  requestId?: string;
}

/**
 * Residents and cadres at work, each call with an `Idempotency-Key` and sent again, to either server, until it is
 * answered. What they do is drawn from the seed; when, is not: the machine's speed decides.
 */
export function startLoad(world: ChaosWorld, random: Random, clients: number): Load {
  const wanted: Wanted[] = [];
  const surprises: string[] = [];
  let repeated = 0;
  let running = true;
  let stoppedAt = Number.POSITIVE_INFINITY;

  const bases = (): string[] => world.hosts.flatMap(({ server }) => server?.base ?? []);

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
      return { status: response.status, json: await response.json() };
    } catch {
      return null;
    }
  }

  /** The request's id when it was acknowledged. */
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
      // Too many wanted the same at one moment: the step did not happen, and may be asked for again.
      if (code === "write.contended") continue;
      asked.outcome = "refused";
      if (!LOST.test(code)) surprises.push(`${step.path}: ${answer.status} ${code}`);
      return null;
    }
    return null;
  }

  const on = (id: string, action: string, type: string, by: User, body: unknown): Promise<string | null> =>
    act({ type: `request.${type}`, path: `/api/requests/${id}/${action}`, body, by, requestId: id });

  /** A request from its filing to its rating; in between two cadres want it at once, or its resident takes it back. */
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
    async stop() {
      running = false;
      stoppedAt = performance.now();
      await Promise.all(loops);
    },
  };
}
