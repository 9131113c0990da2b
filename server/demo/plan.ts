import { callbackReason } from "../core/domain/requests/callback.ts";
import type { CallbackResult, Outcome, Rating } from "../core/domain/requests/request-outcome.ts";
import type { ReturnCode } from "../core/domain/requests/returns.ts";
import type { Calendar } from "../core/domain/community/calendar.ts";
import type { Service } from "../core/domain/community/community.ts";
import { catalogue } from "../core/catalogue/standard.ts";
import { cadres, cadresOf, residents } from "./people.ts";
import { picturedServices } from "./pictures.ts";
import { type Random, seededRandom } from "./random.ts";
import { type Duties, storyDuties } from "./shifts.ts";
import * as told from "./stories.ts";

export type PlannedStep =
  | { at: Date; do: "claim" | "approve-suspension" }
  | { at: Date; do: "ask-extension" | "ask-suspension"; until: Date; reason: string }
  | { at: Date; do: "release"; code: ReturnCode; reason: string }
  | { at: Date; do: "withdraw" | "reject"; reason: string }
  | { at: Date; do: "first-contact"; note: string }
  | { at: Date; do: "hand-over"; note: string; to: number }
  | { at: Date; do: "ask" | "answer" | "note"; text: string }
  | { at: Date; do: "message"; from: "owner" | "handler"; text: string }
  | { at: Date; do: "resolve"; result: string }
  | { at: Date; do: "call-back"; answer: CallbackResult; text: string }
  | ({ at: Date; do: "rate" } & Omit<Rating, "at">);

/** A request of the demo and its steps. People are indexes into `residents` and `cadres`. */
export interface PlannedRequest {
  at: Date;
  communityId: string;
  resident: number;
  cadre: number;
  serviceCode: string;
  description: string;
  answers: Readonly<Record<string, string>>;
  timeWindow: string | null;
  pictured: boolean;
  steps: PlannedStep[];
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const PAST_DAYS = 60;
const PAST_REQUESTS = 390;
/** Shanghai's offset from UTC, which has no daylight saving time, ms. */
const SHANGHAI = 8 * HOUR;

/** The hour of the day in Shanghai at which a resident writes: before work, at lunch, mostly in the evening. */
function writingHour(random: Random): number {
  const share = random.next();
  if (share < 0.18) return 6.5 + random.next() * 2;
  if (share < 0.32) return 11.5 + random.next() * 2;
  if (share < 0.86) return 18 + random.next() * 4.5;
  return random.next() * 24;
}

const later = (at: Date, random: Random, low: number, high: number): Date =>
  new Date(at.getTime() + random.whole(low, high) * MINUTE + random.whole(0, 59) * 1000);

const serviceOf = (code: string): Service => {
  const service = catalogue.find(({ serviceCode }) => serviceCode === code);
  if (!service) throw new Error(`the demo's catalogue has no ${code}`);
  return service;
};

const indexesOf = <T>(list: readonly T[], keep: (item: T) => boolean): number[] =>
  list.flatMap((item, index) => (keep(item) ? [index] : []));
const residentsOf = (id: string): number[] => indexesOf(residents, ({ home }) => home?.communityId === id);

/** Picks a cadre on duty: usually one with a position for the service, otherwise anyone (全岗通). */
function cadreOf(there: readonly number[], service: Service, random: Random): number {
  const fitting = there.filter((index) =>
    cadres[index]?.membership?.positions.some((p) => service.positions.includes(p)),
  );
  return random.pick(fitting.length && random.chance(0.8) ? fitting : there);
}

function rating(random: Random, outcome: Outcome): Omit<Rating, "at"> {
  const good = outcome === "solved";
  const score = (): number => (good ? (random.chance(0.78) ? 5 : 4) : random.whole(2, 4));
  return {
    outcome,
    scores: {
      response: score(),
      attitude: good ? score() : random.whole(3, 5),
      result: good ? score() : random.whole(1, 3),
    },
    tags: good && random.chance(0.5) ? [random.pick(told.tags)] : [],
    comment: good ? random.pick(told.praises) : random.pick(told.complaints),
  };
}

/** The clerk's callback after a bad rating, on the same afternoon or the next morning. */
function calledBack({ at, outcome, scores }: Omit<Rating, "at"> & { at: Date }): PlannedStep[] {
  if (!callbackReason({ outcome, scores })) return [];
  const [answer, text] = told.callbacks[outcome === "unsolved" ? "unsatisfied" : "satisfied"];
  const day = Math.floor((at.getTime() + SHANGHAI) / DAY) * DAY - SHANGHAI;
  const hour = (at.getTime() - day) / HOUR;
  const called = hour > 8 && hour < 15 ? at.getTime() + 95 * MINUTE : day + (hour < 9 ? 0 : DAY) + 9.3 * HOUR;
  return [{ at: new Date(called), do: "call-back", answer, text }];
}

/** What the planning of a story needs. */
interface StoryContext {
  random: Random;
  duties: Duties;
}

/** The steps from claim to resolution, each while its cadre is on duty. `had`: the cadre does not change. */
function handlingSteps(
  request: PlannedRequest,
  from: Date,
  result: string,
  { random, duties }: StoryContext,
  had: boolean,
): PlannedStep[] {
  const service = serviceOf(request.serviceCode);
  const slow = random.chance(0.08) ? service.respondMinutes * 3 : 0;
  const seen = duties.somebodyFrom(request.communityId, from).at;
  let at = later(seen, random, 2 + slow, Math.max(4, service.respondMinutes * 0.8) + slow);
  if (!had) {
    const { cadres: there, ...first } = duties.somebodyFrom(request.communityId, at);
    at = first.at;
    if (there.length) request.cadre = cadreOf(there, service, random);
  }
  const then = (low: number, high: number): Date => duties.cadreFrom(request.cadre, later(at, random, low, high));
  const steps: PlannedStep[] = [{ at: (at = duties.cadreFrom(request.cadre, at)), do: "claim" }];
  if (!had && random.chance(0.04)) {
    const [code, reason] = random.pick(told.releases);
    steps.push({ at: (at = then(2, 20)), do: "release", code, reason });
    steps.push({ at: (at = then(3, 25)), do: "claim" });
  }
  steps.push({ at: (at = then(2, 16)), do: "first-contact", note: random.pick(told.contacts) });
  if (random.chance(0.1)) {
    const [question, answer] = random.pick(told.questions);
    steps.push({ at: (at = then(4, 30)), do: "ask", text: question });
    steps.push({ at: (at = later(at, random, 6, 180)), do: "answer", text: answer });
  }
  if (random.chance(0.4)) {
    const [by, text] = random.pick(told.words);
    steps.push({ at: (at = then(3, 40)), do: "message", from: by, text });
  }
  if (random.chance(0.35)) steps.push({ at: (at = then(10, 90)), do: "note", text: random.pick(told.notes) });
  const most = Math.max(40, service.resolveMinutes * (random.chance(0.07) ? 1.3 : 0.45));
  steps.push({ at: then(15, most), do: "resolve", result });
  return steps;
}

function planPastRequest(request: PlannedRequest, result: string, context: StoryContext): void {
  const { random, duties } = context;
  const fate = random.next();
  if (fate < 0.05) {
    request.steps.push({
      at: later(request.at, random, 5, 120),
      do: "withdraw",
      reason: random.pick(told.withdrawals),
    });
    return;
  }
  request.steps = handlingSteps(request, request.at, result, context, false);
  if (fate < 0.08) {
    const [claim] = request.steps;
    if (claim) {
      const at = duties.cadreFrom(request.cadre, later(claim.at, random, 5, 60));
      request.steps = [claim, { at, do: "reject", reason: random.pick(told.rejections) }];
    }
    return;
  }
  const calls: PlannedStep[] = [];
  const done = (): Date => request.steps.at(-1)?.at ?? request.at;
  if (fate > 0.93) return;
  if (fate > 0.88) {
    const unsolved = { at: later(done(), random, 20, 600), do: "rate" as const, ...rating(random, "unsolved") };
    request.steps.push(unsolved, ...handlingSteps(request, unsolved.at, `又去了一次：${result}`, context, true));
    calls.push(...calledBack(unsolved));
  }
  const outcome = random.chance(0.07) ? "partly" : "solved";
  const rated = { at: later(done(), random, 8, 1200), do: "rate" as const, ...rating(random, outcome) };
  request.steps.push(rated);
  // A callback after the next rating would belong to that rating.
  const made = calls.filter(({ at }) => at < rated.at);
  request.steps = [...request.steps, ...made, ...calledBack(rated)].toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

function newPlannedRequest(
  at: Date,
  communityId: string,
  resident: number,
  serviceCode: string,
  random: Random,
): [PlannedRequest, string] {
  const service = serviceOf(serviceCode);
  const [description, result] = random.pick(told.stories[serviceCode] ?? []);
  const required = service.questions.filter((question) => question.required);
  return [
    {
      at,
      communityId,
      resident,
      cadre: cadresOf(communityId)[0] ?? 0,
      serviceCode,
      description,
      answers: Object.fromEntries(required.map(({ code, options }) => [code, random.pick(options)])),
      timeWindow: random.chance(0.45) ? random.pick(told.timeWindows) : null,
      pictured: picturedServices.includes(serviceCode) && random.chance(0.5),
      steps: [],
    },
    result,
  ];
}

type Doing =
  | "claim"
  | "hand-over"
  | "first-contact"
  | "ask"
  | "resolve"
  | "ask-extension"
  | "ask-suspension"
  | "approve-suspension";

/** A current request: when and by whom it was filed, and its steps. Times are minutes ago. */
type CurrentRequest = readonly [
  ago: number,
  communityId: string,
  resident: number,
  cadre: number,
  serviceCode: string,
  steps: readonly (readonly [number, Doing])[],
];
const currentRequests: readonly CurrentRequest[] = [
  [12, "xiziwan", 0, 0, "noise", []],
  [95, "xiziwan", 0, 0, "parcel", [[82, "claim"], [76, "first-contact"]]],
  [1500, "xiziwan", 0, 3, "hall-light", [[1460, "claim"], [1440, "first-contact"], [260, "resolve"]]],
  [38, "xiziwan", 5, 0, "medicine", [[21, "claim"]]],
  [150, "xiziwan", 6, 0, "residence-letter", [[131, "claim"], [120, "ask"]]],
  [7, "xiziwan", 7, 0, "leak", []],
  [26, "xiziwan", 10, 0, "hand-in", []],
  [48, "xiziwan", 11, 0, "rubbish", []],
  [71, "xiziwan", 1, 0, "visit", []],
  [230, "xiziwan", 12, 2, "meals", [[215, "claim"], [205, "first-contact"], [52, "hand-over"]]],
  [3900, "xiziwan", 15, 3, "green", [[3880, "claim"], [3870, "first-contact"], [190, "ask-extension"]]],
  [9000, "xiziwan", 16, 3, "facility", [[8960, "claim"], [8950, "first-contact"], [7900, "ask-suspension"], [7800, "approve-suspension"]]],
  [16, "kangcheng", 3, 7, "parking", []],
  [33, "kangcheng", 4, 7, "print", []],
  [64, "kangcheng", 8, 7, "power", [[55, "claim"], [50, "first-contact"]]],
  [300, "kangcheng", 9, 8, "insurance", [[280, "claim"], [270, "first-contact"], [45, "resolve"]]],
]; // prettier-ignore

/** All requests of the demo, from the 60 days before `now`. Deterministic. No step is in the future. */
export function planRequests(now: Date, calendar: Calendar): PlannedRequest[] {
  const random = seededRandom(2026);
  const context = { random, duties: storyDuties(calendar, now, random) };
  const past = Array.from({ length: PAST_REQUESTS }, (_, index) => {
    const day = Math.floor((index / PAST_REQUESTS) * (PAST_DAYS - 1));
    const midnight = Math.floor((now.getTime() + SHANGHAI) / DAY) * DAY - SHANGHAI - (PAST_DAYS - day - 1) * DAY;
    const at = new Date(midnight + Math.round(writingHour(random) * 60) * MINUTE + random.whole(0, 59) * 1000);
    const communityId = random.chance(0.6) ? "xiziwan" : "kangcheng";
    const [planned, result] = newPlannedRequest(
      at,
      communityId,
      random.pick(residentsOf(communityId)),
      random.pick(catalogue).serviceCode,
      random,
    );
    planPastRequest(planned, result, context);
    return planned;
  });
  const current = currentRequests.map(([ago, communityId, resident, cadre, serviceCode, steps]) => {
    const before = (minutes: number): Date => new Date(now.getTime() - minutes * MINUTE);
    const [planned, result] = newPlannedRequest(before(ago), communityId, resident, serviceCode, random);
    const [question] = random.pick(told.questions);
    const note = random.pick(told.contacts);
    planned.cadre = cadre;
    planned.steps = steps.map(([minutes, what]): PlannedStep => {
      const at = before(minutes);
      if (what === "claim" || what === "approve-suspension") return { at, do: what };
      if (what === "ask-extension" || what === "ask-suspension") {
        const until = new Date(now.getTime() + (what === "ask-extension" ? 12 : 20) * DAY);
        return { at, do: what, until, reason: told.timeRequestReasons[what] };
      }
      if (what === "hand-over") return { at, do: what, note: told.handover, to: 0 };
      if (what === "first-contact") return { at, do: "first-contact", note };
      return what === "ask" ? { at, do: "ask", text: question } : { at, do: "resolve", result };
    });
    return planned;
  });
  const yesterday = new Date(now.getTime() - 12 * HOUR);
  return [...past.filter(({ at }) => at < yesterday), ...current].map((planned) => ({
    ...planned,
    steps: untilNow(planned.steps, now),
  }));
}

/** The steps up to the first one that is in the future. */
function untilNow(steps: readonly PlannedStep[], now: Date): PlannedStep[] {
  const future = steps.findIndex(({ at }) => at > now);
  return future < 0 ? [...steps] : steps.slice(0, future);
}
