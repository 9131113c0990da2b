import type { Service } from "./community.ts";
import { refuse } from "../../../kernel/errors.ts";

/** The version of a service: 1 until its community first changes it. */
export const serviceVersionOf = ({ version = 1 }: Pick<Service, "version">): number => version;

/** Whether residents may still ask for the service. */
export const isServiceOffered = ({ retired = false }: Pick<Service, "retired">): boolean => !retired;

const MAX_SERVICES = 200;
/** The longest deadline that a service may have, in minutes: 180 days around the clock. */
const MAX_MINUTES = 180 * 24 * 60;

/** A change of a catalogue: the services after it, and the one that it replaces, if any. */
export interface CatalogueChange {
  services: Service[];
  after: Service;
  before: Service | null;
}

/**
 * The services with one replaced by its next version, or added. `seen` is the version that the editor has read, 0 for a
 * new service, so that a concurrent change is not overwritten. Null when nothing changes. Throws `service.invalid`,
 * `service.changed`, `service.code_taken`, `service.unknown`, `service.too_many`.
 */
export function putService(services: readonly Service[], given: Service, seen: number): CatalogueChange | null {
  assertSound(given);
  const before = services.find(({ serviceCode }) => serviceCode === given.serviceCode) ?? null;
  if (!before) {
    if (seen !== 0) refuse("service.unknown");
    if (services.length >= MAX_SERVICES) refuse("service.too_many", { most: MAX_SERVICES });
    const added = { ...given, version: 1 };
    return { services: [...services, added], after: added, before };
  }
  if (seen === 0) refuse("service.code_taken", { title: before.title });
  if (serviceVersionOf(before) !== seen) refuse("service.changed", { title: before.title });
  const after = { ...given, version: seen + 1 };
  if (same(before, after)) return null;
  return { services: services.map((each) => (each === before ? after : each)), after, before };
}

/** Names of the fields that differ, for the log. A missing field equals false, null and empty text. */
export const changedFields = (before: Service, after: Service): string[] =>
  (Object.keys(fields) as (keyof typeof fields)[]).filter(
    (field) => JSON.stringify(before[field] || null) !== JSON.stringify(after[field] || null),
  );

/** All fields of a service that a committee can change. A field missing here is a compile error. */
const fields: Record<Exclude<keyof Service, "serviceCode" | "version">, true> = {
  ...{ group: true, groupTitle: true, title: true, description: true, keywords: true, questions: true, urgency: true },
  ...{ respondMinutes: true, resolveMinutes: true, clock: true, positions: true, identityRequired: true },
  ...{ anywhere: true, shared: true, emergencyNotice: true, knowledgeCard: true, retired: true },
};

const same = (before: Service, after: Service): boolean => changedFields(before, after).length === 0;

/** Throws `service.invalid` with the reason unless the deadlines, positions and questions are consistent. */
function assertSound({ respondMinutes, resolveMinutes, questions, positions }: Service): void {
  if (respondMinutes < 1 || resolveMinutes > MAX_MINUTES || respondMinutes > resolveMinutes)
    refuse("service.invalid", { why: "时限要先联系、后办结，最长 180 天" });
  if (positions.length === 0) refuse("service.invalid", { why: "至少要有一个负责的岗位" });
  if (new Set(questions.map(({ code }) => code)).size < questions.length)
    refuse("service.invalid", { why: "有两个问题的编号相同" });
  const choices = questions.filter(({ kind }) => kind === "choice");
  if (choices.some(({ options }) => options.length < 2 || new Set(options).size < options.length))
    refuse("service.invalid", { why: "选择题至少要有两个不同的选项" });
}
