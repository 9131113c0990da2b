import type { Intent } from "../kernel/idempotency.ts";
import type { Actor } from "../kernel/actor.ts";
import type { Request } from "../core/domain/requests/request.ts";
import { toActor } from "../core/domain/accounts/user.ts";
import type { Deps } from "../deps.ts";
import { startDuty } from "../core/usecases/duty/start-duty.ts";
import { idOfIntent } from "../kernel/ids.ts";
import { resolveRequest } from "../core/usecases/requests/resolve-request.ts";
import { sendMessage } from "../core/usecases/requests/send-message.ts";
import { submitRequest } from "../core/usecases/requests/submit-request.ts";
import { takeStep } from "../core/usecases/requests/take-step.ts";
import { climbStoryTasks, coHandling } from "./co-handling.ts";
import {
  type Happening,
  type People,
  asCadre,
  asResident,
  beginning,
  forgetPastDuties,
  personAt,
} from "./happening.ts";
import { cadres, residents } from "./people.ts";
import { scene } from "./pictures.ts";
import { communities } from "./places.ts";
import { type PlannedRequest, type PlannedStep, plan } from "./plan.ts";
import { rosters } from "./roster.ts";
import { handShifts } from "./shifts.ts";
import { settle } from "./settle.ts";
import { createStoryLadder } from "./story-ladder.ts";
import { powers } from "./powers.ts";
import { together } from "./together.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Requests that are told at once: their stories do not touch. */
const AT_ONCE = 12;
const MARK = "demo";

interface Mark {
  startedAt: Date;
  done: boolean;
}

/**
 * Fills an empty installation with two communities, their people and the requests of the last 60 days, all through the use
 * cases under the time of the story. Done once: an interrupted one goes on where it was, since every step carries its intent.
 * `relay` brings what has happened to the log, day by day, so that the log is in order of time.
 */
export async function seedDemo(
  deps: Deps,
  now: Date,
  say: (line: string) => void,
  relay: () => Promise<void>,
): Promise<void> {
  const mark = (await deps.store.meta.get(MARK)) as Mark | null;
  if (mark?.done) return;
  const started = performance.now();
  const startedAt = mark?.startedAt ?? now;
  say("准备演示数据：两个社区，60 天……");
  await deps.store.meta.set(MARK, { startedAt, done: false });

  for (const community of communities) await deps.store.communities.save(community);
  const people = await settle(deps, new Date(startedAt.getTime() - 61 * DAY));
  const planned = plan(startedAt, deps.holidays);
  const happenings = [
    ...planned.flatMap((request, n) => told(request, n, people)),
    ...shiftsByHand(people, startedAt),
    ...(await rosters(deps, people, startedAt)),
    ...together(people, startedAt),
    ...coHandling(people, startedAt),
    ...powers(people, startedAt),
  ];
  const ladder = createStoryLadder();
  for (const day of byDay(happenings)) {
    await inTurn(deps, day, ladder);
    const end = Math.ceil(((day.at(-1)?.at ?? startedAt).getTime() + 1) / DAY) * DAY;
    const dayEnd = new Date(Math.min(end, startedAt.getTime()));
    await ladder.climbAll(deps, dayEnd);
    await climbStoryTasks(deps, dayEnd);
    await relay();
    // At the end of a day the office has read what it was told, but for today.
    if (dayEnd < startedAt) for (const { id } of people.office) await deps.store.notices.markRead([id], {}, dayEnd);
  }
  await forgetPastDuties(
    deps,
    people.cadres.map(({ id }) => id),
    startedAt,
  );
  await deps.store.meta.set(MARK, { startedAt, done: true });
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  say(`演示数据好了：${residents.length} 位居民、${cadres.length} 位干部、${planned.length} 件诉求，${seconds} 秒`);
}

const intentOf = (name: string): Intent => ({ key: `demo:${name}`, bodyHash: "demo" });

/** The story's people wrote in WeChat, which had nothing against it. */
const checked: Deps["words"] = { check: async () => "passed" };

function told(request: PlannedRequest, n: number, people: People): Happening[] {
  const resident = asResident(personAt(people.residents, request.resident));
  const cadre = personAt(people.cadres, request.cadre);
  const clerk = toActor(personAt(people.office, request.communityId === "xiziwan" ? 0 : 1));
  const of = `request-${n}`;
  const submit = intentOf(of);
  const id = idOfIntent(`request:${submit.key}`);
  return [
    { at: request.at, of, run: (deps) => file(deps, resident, submit, request) },
    ...request.steps.map((step, index) => ({
      at: step.at,
      of,
      run: (deps: Deps) =>
        take(
          deps,
          id,
          step,
          { ...people, resident, cadre: asCadre(cadre, step.at), clerk },
          intentOf(`${of}-${index}`),
        ),
    })),
  ];
}

async function file(deps: Deps, actor: Actor, intent: Intent, request: PlannedRequest): Promise<Request> {
  const { communityId, serviceCode, description, answers, timeWindow, pictured } = request;
  const photo = pictured ? await deps.files.stage(actor.userId, await scene(serviceCode), request.at) : null;
  const submission = { communityId, serviceCode, description, answers, fileIds: photo ? [photo.id] : [] };
  return submitRequest(
    deps,
    { actor, intent },
    { ...submission, ...(timeWindow ? { timeWindow: { label: timeWindow } } : {}) },
  );
}

async function take(
  deps: Deps,
  id: string,
  step: PlannedStep,
  {
    resident,
    cadre,
    clerk,
    cadres: colleagues,
  }: Pick<People, "cadres"> & Record<"resident" | "cadre" | "clerk", Actor>,
  intent: Intent,
): Promise<Request> {
  const owner = { actor: resident, intent };
  const handler = { actor: cadre, intent };
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
      return takeStep(deps, { actor: clerk, intent }, id, "approve-suspension", {});
    case "resolve":
      return resolveRequest(deps, handler, id, { result: step.result, fileIds: [] });
    case "call-back":
      return takeStep(deps, { actor: clerk, intent }, id, "call-back", { answer: step.answer, text: step.text });
    case "rate": {
      const { outcome, scores, tags, comment } = step;
      return takeStep(deps, owner, id, "rate", { outcome, scores, tags, comment });
    }
  }
}

/** By hand, in the weeks that have no roster. */
const shiftsByHand = (people: People, now: Date): Happening[] =>
  handShifts(now).map(({ cadre, from, to }) => {
    const intent = intentOf(`shift-${cadre}-${from.toISOString()}`);
    const asking = { actor: toActor(personAt(people.cadres, cadre)), intent };
    return beginning(asking.actor, from, `cadre-${cadre}`, (deps) => startDuty(deps, asking, to));
  });

function byDay(happenings: readonly Happening[]): Happening[][] {
  const sorted = happenings.toSorted((a, b) => a.at.getTime() - b.at.getTime());
  return [...Map.groupBy(sorted, ({ at }) => Math.floor(at.getTime() / DAY)).values()];
}

/** Lets everything of a day happen: what is of one request or person in order, otherwise a dozen at once. */
async function inTurn(
  deps: Deps,
  day: readonly Happening[],
  ladder: ReturnType<typeof createStoryLadder>,
): Promise<void> {
  const chains = [...Map.groupBy(day, ({ of }) => of).values()];
  const work = async (): Promise<void> => {
    for (let chain = chains.shift(); chain; chain = chains.shift()) {
      for (const { at, of, run } of chain) {
        await ladder.climb(deps, of, at);
        const after = await run({ ...deps, clock: { now: () => at }, kick: () => undefined, words: checked });
        ladder.note(of, after);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}
