import type { Service } from "../domain/community/community.ts";

type Card = Service["knowledgeCard"];
type Given = Pick<Service, "serviceCode" | "title" | "description" | "keywords" | "positions"> & Partial<Service>;

/** In minutes, as all times of a service. */
export const HOUR = 60;

/** A day around the clock, in minutes. */
export const DAY = 24 * HOUR;
/** The office minutes of one workday, with an office that is open from 8:30 to 17:00. */
export const WORKDAY = 8.5 * HOUR;

/** A knowledge card: what the cadre brings, whom and what the cadre asks, and what the cadre says. */
export const makeKnowledgeCard = (bring: string[], ask: string[], say: string[]): Card => ({ bring, ask, say });

type Question = Service["questions"][number];

/** An optional question of a service that is answered in free text. */
export const textQuestion = (code: string, label: string): Question => ({
  code,
  label,
  kind: "text",
  options: [],
  required: false,
});

/** An optional question of a service that is answered by choosing one of the options. */
export const choiceQuestion = (code: string, label: string, options: string[]): Question => ({
  code,
  label,
  kind: "choice",
  options,
  required: false,
});

/**
 * The services of a group. A field that a service leaves out has the group's value or the default. Times are in
 * minutes.
 */
export const serviceGroup = (
  code: string,
  groupTitle: string,
  times: [respond: number, resolve: number, clock?: Service["clock"]],
  services: readonly Given[],
): Service[] =>
  services.map((given) => ({
    group: code,
    groupTitle,
    questions: [],
    urgency: "normal",
    respondMinutes: times[0],
    resolveMinutes: times[1],
    clock: times[2] ?? "always",
    identityRequired: false,
    anywhere: false,
    shared: false,
    emergencyNotice: null,
    knowledgeCard: makeKnowledgeCard([], [], []),
    ...given,
  }));
