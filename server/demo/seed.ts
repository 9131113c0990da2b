import type { IdempotencyRecord } from "../kernel/idempotency.ts";
import type { Actor } from "../kernel/actor.ts";
import type { Request } from "../core/domain/requests/request.ts";
import { toActor } from "../core/domain/accounts/user.ts";
import type { Deps } from "../deps.ts";
import type { Ports } from "../core/ports.ts";
import { startDuty } from "../core/usecases/duty/start-duty.ts";
import { idFromKey } from "../kernel/ids.ts";
import { resolveRequest } from "../core/usecases/requests/resolve-request.ts";
import { sendMessage } from "../core/usecases/requests/send-message.ts";
import { submitRequest } from "../core/usecases/requests/submit-request.ts";
import { takeStep } from "../core/usecases/requests/take-step.ts";
import {
  type DemoEvent,
  type DemoPeople,
  asCadre,
  asResident,
  startDutyEvent,
  clearPastDuties,
  personAt,
} from "./demo-event.ts";
import { cadres, residents } from "./people.ts";
import { scene } from "./pictures.ts";
import { communities } from "./places.ts";
import { type PlannedRequest, type PlannedStep, planRequests } from "./plan.ts";
import { rosters } from "./roster.ts";
import { manualShifts } from "./shifts.ts";
import { createDemoPeople } from "./create-people.ts";
import { createDemoEscalations } from "./demo-escalations.ts";
import { auditStory } from "./audit-story.ts";
import { moduleStories } from "../modules/index.ts";
import { collaborationStory } from "./collaboration-story.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** The number of event chains that run at once. Chains are independent of each other. */
const CONCURRENCY = 12;
const SEED_MARK = "demo";

interface Mark {
  startedAt: Date;
  done: boolean;
}

/**
 * Fills an empty installation with two communities, their people and the requests of the last 60 days. All steps go
 * through the use cases, with the clock set to the time of the story. An interrupted run is continued at the next
 * start, since every step has its idempotency key. `relay` relays the events of each day, so that the log is in order
 * of time.
 */
export async function seedDemo(
  deps: Deps,
  now: Date,
  say: (line: string) => void,
  relay: () => Promise<void>,
): Promise<void> {
  const mark = (await deps.store.meta.get(SEED_MARK)) as Mark | null;
  if (mark?.done) return;
  const started = performance.now();
  const startedAt = mark?.startedAt ?? now;
  say("准备演示数据：两个社区，60 天……");
  await deps.store.meta.set(SEED_MARK, { startedAt, done: false });

  for (const community of communities) await deps.store.communities.save(community);
  const people = await createDemoPeople(deps, new Date(startedAt.getTime() - 61 * DAY));
  const planned = planRequests(startedAt, deps.holidays);
  const happenings: DemoEvent<Deps>[] = [
    ...planned.flatMap((request, n) => requestEvents(request, n, people)),
    ...manualShiftEvents(people, startedAt),
    ...(await rosters(deps, people, startedAt)),
    ...collaborationStory(people, startedAt),
    ...moduleStories.flatMap((story) => story.events(people, startedAt)),
    ...auditStory(people, startedAt),
  ];
  const escalations = createDemoEscalations();
  for (const day of byDay(happenings)) {
    await runDay(deps, day, escalations);
    const end = Math.ceil(((day.at(-1)?.at ?? startedAt).getTime() + 1) / DAY) * DAY;
    const dayEnd = new Date(Math.min(end, startedAt.getTime()));
    await escalations.runAllDue(deps, dayEnd);
    for (const story of moduleStories) await story.runDue?.(deps, dayEnd);
    await relay();
    // The office has read its notices of all days except today.
    if (dayEnd < startedAt) for (const { id } of people.office) await deps.store.notices.markRead([id], {}, dayEnd);
  }
  await clearPastDuties(
    deps,
    people.cadres.map(({ id }) => id),
    startedAt,
  );
  await deps.store.meta.set(SEED_MARK, { startedAt, done: true });
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  say(`演示数据好了：${residents.length} 位居民、${cadres.length} 位干部、${planned.length} 件诉求，${seconds} 秒`);
}

const idempotencyOf = (name: string): IdempotencyRecord => ({ key: `demo:${name}`, bodyHash: "demo" });

/** The word check of the demo accepts everything. */
const passingWordCheck: Deps["wordCheck"] = { check: async () => "passed" };

function requestEvents(request: PlannedRequest, n: number, people: DemoPeople): DemoEvent[] {
  const resident = asResident(personAt(people.residents, request.resident));
  const cadre = personAt(people.cadres, request.cadre);
  const clerk = toActor(personAt(people.office, request.communityId === "xiziwan" ? 0 : 1));
  const of = `request-${n}`;
  const submit = idempotencyOf(of);
  const id = idFromKey(`request:${submit.key}`);
  return [
    { at: request.at, of, run: (deps) => filePlannedRequest(deps, resident, submit, request) },
    ...request.steps.map((step, index) => ({
      at: step.at,
      of,
      run: (deps: Ports) =>
        takePlannedStep(
          deps,
          id,
          step,
          { ...people, resident, cadre: asCadre(cadre, step.at), clerk },
          idempotencyOf(`${of}-${index}`),
        ),
    })),
  ];
}

async function filePlannedRequest(
  deps: Ports,
  actor: Actor,
  idempotency: IdempotencyRecord,
  request: PlannedRequest,
): Promise<Request> {
  const { communityId, serviceCode, description, answers, timeWindow, pictured } = request;
  const photo = pictured ? await deps.files.stage(actor.userId, await scene(serviceCode), request.at) : null;
  const submission = { communityId, serviceCode, description, answers, fileIds: photo ? [photo.id] : [] };
  return submitRequest(
    deps,
    { actor, idempotency },
    { ...submission, ...(timeWindow ? { timeWindow: { label: timeWindow } } : {}) },
  );
}

async function takePlannedStep(
  deps: Ports,
  id: string,
  step: PlannedStep,
  {
    resident,
    cadre,
    clerk,
    cadres: colleagues,
  }: Pick<DemoPeople, "cadres"> & Record<"resident" | "cadre" | "clerk", Actor>,
  idempotency: IdempotencyRecord,
): Promise<Request> {
  const owner = { actor: resident, idempotency };
  const handler = { actor: cadre, idempotency };
  switch (step.do) {
    case "claim":
      return takeStep(deps, handler, id, "claim", {});
    case "release":
      return takeStep(deps, handler, id, "release", { code: step.code, reason: step.reason });
    case "reject":
      return takeStep(deps, handler, id, step.do, { reason: step.reason });
    case "withdraw":
      return takeStep(deps, owner, id, "withdraw", { reason: step.reason });
    case "hand-over": {
      const { id: cadreId, name: cadreName } = personAt(colleagues, step.to);
      return takeStep(deps, handler, id, step.do, { note: step.note, cadreId, cadreName });
    }
    case "first-contact":
      return takeStep(deps, handler, id, "first-contact", { note: step.note });
    case "ask":
      return takeStep(deps, handler, id, "ask", { text: step.text });
    case "answer":
      return takeStep(deps, owner, id, "answer", { text: step.text });
    case "note":
      return sendMessage(deps, handler, id, "note", { text: step.text });
    case "message":
      return sendMessage(deps, step.from === "owner" ? owner : handler, id, "message", { text: step.text });
    case "ask-extension":
    case "ask-suspension":
      return takeStep(deps, handler, id, step.do, { until: step.until, reason: step.reason });
    case "approve-suspension":
      return takeStep(deps, { actor: clerk, idempotency }, id, "approve-suspension", {});
    case "resolve":
      return resolveRequest(deps, handler, id, { result: step.result, fileIds: [] });
    case "call-back":
      return takeStep(deps, { actor: clerk, idempotency }, id, "call-back", { answer: step.answer, text: step.text });
    case "rate": {
      const { outcome, scores, tags, comment } = step;
      return takeStep(deps, owner, id, "rate", { outcome, scores, tags, comment });
    }
  }
}

/** Duties started by hand, in the weeks without a roster. */
const manualShiftEvents = (people: DemoPeople, now: Date): DemoEvent[] =>
  manualShifts(now).map(({ cadre, from, to }) => {
    const idempotency = idempotencyOf(`shift-${cadre}-${from.toISOString()}`);
    const command = { actor: toActor(personAt(people.cadres, cadre)), idempotency };
    return startDutyEvent(command.actor, from, `cadre-${cadre}`, (deps) => startDuty(deps, command, to));
  });

function byDay(happenings: readonly DemoEvent<Deps>[]): DemoEvent<Deps>[][] {
  const sorted = happenings.toSorted((a, b) => a.at.getTime() - b.at.getTime());
  return [...Map.groupBy(sorted, ({ at }) => Math.floor(at.getTime() / DAY)).values()];
}

/** Runs the events of a day. Those of one request or person run in order, {@link CONCURRENCY} chains at once. */
async function runDay(
  deps: Deps,
  day: readonly DemoEvent<Deps>[],
  escalations: ReturnType<typeof createDemoEscalations>,
): Promise<void> {
  const chains = [...Map.groupBy(day, ({ of }) => of).values()];
  const work = async (): Promise<void> => {
    for (let chain = chains.shift(); chain; chain = chains.shift()) {
      for (const { at, of, run } of chain) {
        await escalations.climb(deps, of, at);
        const after = await run({
          ...deps,
          clock: { now: () => at },
          wakeRelay: () => undefined,
          wordCheck: passingWordCheck,
        });
        escalations.note(of, after);
      }
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
}
