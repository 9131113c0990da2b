import type { Service } from "../domain/community/community.ts";

type Card = Service["knowledgeCard"];
type Given = Pick<Service, "serviceCode" | "title" | "description" | "keywords" | "positions"> & Partial<Service>;

/** Minutes. */
export const HOUR = 60;
export const DAY = 24 * HOUR;
/** What counts on a workday of an office that is open from 8:30 to 17:00. */
export const WORKDAY = 8.5 * HOUR;

/** What to bring, whom to ask, what to say. */
export const makeKnowledgeCard = (bring: string[], ask: string[], say: string[]): Card => ({ bring, ask, say });

type Question = Service["questions"][number];

/** An extra question of a service, answered in words; nobody has to. */
export const textQuestion = (code: string, label: string): Question => ({
  code,
  label,
  kind: "text",
  options: [],
  required: false,
});

/** An extra question with answers to choose from; nobody has to. */
export const choiceQuestion = (code: string, label: string, options: string[]): Question => ({
  code,
  label,
  kind: "choice",
  options,
  required: false,
});

/** A group of services; what a service does not say is the group's. */
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
