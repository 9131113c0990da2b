import { callbackReason } from "../domain/callback.ts";
import type { CallbackResult, Outcome, Rating } from "../domain/request.ts";
import type { ReturnCode } from "../domain/returns.ts";
import type { Service } from "../domain/community.ts";
import { catalogue } from "../catalogue/standard.ts";
import { cadres, residents } from "./people.ts";
import { picturedServices } from "./pictures.ts";
import { type Random, seededRandom } from "./random.ts";
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

/** One request of the demo, as it will have happened. People are indexes into `residents` and `cadres`. */
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
/** Shanghai is eight hours ahead of UTC all year. */
const SHANGHAI = 8 * HOUR;

/** The hour of a day in Shanghai at which residents write: before work, at lunch, mostly in the evening. */
function writingHour(random: Random): number {
  const share = random.next();
  if (share < 0.18) return 6.5 + random.next() * 2;
  if (share < 0.32) return 11.5 + random.next() * 2;
  if (share < 0.86) return 18 + random.next() * 4.5;
  return random.next() * 24;
}

/** The next moment at which a cadre is on duty: 7:30 to 21:30. */
function onDutyFrom(at: Date, random: Random): Date {
  const day = Math.floor((at.getTime() + SHANGHAI) / DAY) * DAY - SHANGHAI;
  const hour = (at.getTime() - day) / HOUR;
  if (hour >= 7.5 && hour < 21.5) return at;
  const opens = day + (hour < 7.5 ? 0 : DAY) + 7.5 * HOUR;
  return new Date(opens + random.whole(1, 40) * MINUTE);
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
const cadresOf = (id: string): number[] => indexesOf(cadres, (c) => c.membership?.communityIds[0] === id);

/** Whoever covers the position, usually; anybody on duty otherwise (全岗通). */
function cadreFor(communityId: string, service: Service, random: Random): number {
  const all = cadresOf(communityId);
  const fitting = all.filter((index) =>
    cadres[index]?.membership?.positions.some((p) => service.positions.includes(p)),
  );
  return random.pick(fitting.length && random.chance(0.8) ? fitting : all);
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

/** The clerk calls whoever was not satisfied: the same afternoon, or the next morning. */
function calledBack({ at, outcome, scores }: Omit<Rating, "at"> & { at: Date }): PlannedStep[] {
  if (!callbackReason({ outcome, scores })) return [];
  const [answer, text] = told.callbacks[outcome === "unsolved" ? "unsatisfied" : "satisfied"];
  const day = Math.floor((at.getTime() + SHANGHAI) / DAY) * DAY - SHANGHAI;
  const hour = (at.getTime() - day) / HOUR;
  const called = hour > 8 && hour < 15 ? at.getTime() + 95 * MINUTE : day + (hour < 9 ? 0 : DAY) + 9.3 * HOUR;
  return [{ at: new Date(called), do: "call-back", answer, text }];
}

/** From the claim to the result. */
function handled(from: Date, service: Service, result: string, random: Random): PlannedStep[] {
  const slow = random.chance(0.08) ? service.respondMinutes * 3 : 0;
  const claimed = later(onDutyFrom(from, random), random, 2 + slow, Math.max(4, service.respondMinutes * 0.8) + slow);
  const steps: PlannedStep[] = [{ at: claimed, do: "claim" }];
  let at = later(claimed, random, 2, 20);
  if (random.chance(0.04)) {
    const [code, reason] = random.pick(told.releases);
    steps.push({ at, do: "release", code, reason });
    at = later(at, random, 3, 25);
    steps.push({ at, do: "claim" });
    at = later(at, random, 2, 12);
  }
  steps.push({ at, do: "first-contact", note: random.pick(told.contacts) });
  if (random.chance(0.1)) {
    const [question, answer] = random.pick(told.questions);
    at = later(at, random, 4, 30);
    steps.push({ at, do: "ask", text: question });
    at = later(at, random, 6, 180);
    steps.push({ at, do: "answer", text: answer });
  }
  if (random.chance(0.4)) {
    const [by, text] = random.pick(told.words);
    at = later(at, random, 3, 40);
    steps.push({ at, do: "message", from: by, text });
  }
  if (random.chance(0.35)) {
    at = later(at, random, 10, 90);
    steps.push({ at, do: "note", text: random.pick(told.notes) });
  }
  const most = Math.max(40, service.resolveMinutes * (random.chance(0.07) ? 1.3 : 0.45));
  steps.push({ at: onDutyFrom(later(at, random, 15, most), random), do: "resolve", result });
  return steps;
}

function lived(request: PlannedRequest, result: string, random: Random): void {
  const service = serviceOf(request.serviceCode);
  const fate = random.next();
  if (fate < 0.05) {
    request.steps.push({
      at: later(request.at, random, 5, 120),
      do: "withdraw",
      reason: random.pick(told.withdrawals),
    });
    return;
  }
  request.steps = handled(request.at, service, result, random);
  if (fate < 0.08) {
    const [claim] = request.steps;
    if (claim)
      request.steps = [
        claim,
        { at: later(claim.at, random, 5, 60), do: "reject", reason: random.pick(told.rejections) },
      ];
    return;
  }
  const calls: PlannedStep[] = [];
  const done = (): Date => request.steps.at(-1)?.at ?? request.at;
  if (fate > 0.93) return;
  if (fate > 0.88) {
    const unsolved = { at: later(done(), random, 20, 600), do: "rate" as const, ...rating(random, "unsolved") };
    request.steps.push(unsolved, ...handled(unsolved.at, service, `又去了一次：${result}`, random));
    calls.push(...calledBack(unsolved));
  }
  const outcome = random.chance(0.07) ? "partly" : "solved";
  const rated = { at: later(done(), random, 8, 1200), do: "rate" as const, ...rating(random, outcome) };
  request.steps.push(rated);
  // A call that comes after the next rating is that rating's.
  const made = calls.filter(({ at }) => at < rated.at);
  request.steps = [...request.steps, ...made, ...calledBack(rated)].toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

function newStory(
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
      cadre: cadreFor(communityId, service, random),
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

/** What is going on now: minutes ago, who, what, and the steps taken, each with the minutes ago. */
type Current = readonly [
  ago: number,
  communityId: string,
  resident: number,
  cadre: number,
  serviceCode: string,
  steps: readonly (readonly [number, Doing])[],
];
const going: readonly Current[] = [
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

/** All requests of the demo, of the 60 days before `now`: the same each time but for the time. No step lies in the future. */
export function plan(now: Date): PlannedRequest[] {
  const random = seededRandom(2026);
  const past = Array.from({ length: PAST_REQUESTS }, (_, index) => {
    const day = Math.floor((index / PAST_REQUESTS) * (PAST_DAYS - 1));
    const midnight = Math.floor((now.getTime() + SHANGHAI) / DAY) * DAY - SHANGHAI - (PAST_DAYS - day - 1) * DAY;
    const at = new Date(midnight + Math.round(writingHour(random) * 60) * MINUTE + random.whole(0, 59) * 1000);
    const communityId = random.chance(0.6) ? "xiziwan" : "kangcheng";
    const [planned, result] = newStory(
      at,
      communityId,
      random.pick(residentsOf(communityId)),
      random.pick(catalogue).serviceCode,
      random,
    );
    lived(planned, result, random);
    return planned;
  });
  const current = going.map(([ago, communityId, resident, cadre, serviceCode, steps]) => {
    const before = (minutes: number): Date => new Date(now.getTime() - minutes * MINUTE);
    const [planned, result] = newStory(before(ago), communityId, resident, serviceCode, random);
    const [question] = random.pick(told.questions);
    const note = random.pick(told.contacts);
    planned.cadre = cadre;
    planned.steps = steps.map(([minutes, what]): PlannedStep => {
      const at = before(minutes);
      if (what === "claim" || what === "approve-suspension") return { at, do: what };
      if (what === "ask-extension" || what === "ask-suspension") {
        const until = new Date(now.getTime() + (what === "ask-extension" ? 12 : 20) * DAY);
        return { at, do: what, until, reason: told.pleas[what] };
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

/** The story as far as it has come: what lies in the future has not happened, nor what follows it. */
function untilNow(steps: readonly PlannedStep[], now: Date): PlannedStep[] {
  const future = steps.findIndex(({ at }) => at > now);
  return future < 0 ? [...steps] : steps.slice(0, future);
}
