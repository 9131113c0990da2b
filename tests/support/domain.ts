import type { Actor } from "../../server/kernel/actor.ts";
import type { Service } from "../../server/core/domain/community/community.ts";
import type { Consent, Request, Sealed } from "../../server/core/domain/requests/request.ts";
import type { OfficeHours } from "../../server/core/domain/community/working-time.ts";

/** The moment at which domain tests play. */
export const noon = new Date("2026-03-04T04:00:00Z");
export const minutesLater = (minutes: number, from = noon): Date => new Date(from.getTime() + minutes * 60_000);

/** Answers within the hour, done within a day. */
export const aService = (changes: Partial<Service> = {}): Service => ({
  serviceCode: "parcel",
  group: "errand",
  groupTitle: "跑腿代办",
  title: "代取快递",
  description: "",
  keywords: [],
  questions: [],
  urgency: "normal",
  respondMinutes: 60,
  resolveMinutes: 1440,
  clock: "always",
  positions: ["civil"],
  identityRequired: false,
  emergencyNotice: null,
  knowledgeCard: { bring: [], ask: [], say: [] },
  ...changes,
});

/** An office that is open on every day from 9:00 to 17:00. */
export const nineToFive: OfficeHours = () => [[9 * 60, 17 * 60]];

/** A request of `resident` in community `c1`, filed at {@link noon}, queued. */
export const aRequest = (changes: Partial<Request> = {}): Request => ({
  id: "r1",
  no: "0000-0001-1",
  version: 3,
  communityId: "c1",
  serviceCode: "parcel",
  urgency: "normal",
  status: "queued",
  queueKey: 0,
  title: "代取快递",
  description: "取件码在短信里",
  answers: {},
  place: { building: "1号楼", unit: "sealed" as Sealed, room: "sealed" as Sealed },
  contact: { name: "居民", phone: "sealed" as Sealed },
  timeWindow: null,
  fileIds: [],
  residentId: "resident",
  residentName: "居民",
  filedBy: null,
  acceptedIn: null,
  transfer: null,
  askedIds: [],
  formerIds: [],
  followers: [],
  handlerId: null,
  handlerName: null,
  submittedAt: noon,
  respondBy: minutesLater(60),
  resolveBy: minutesLater(1440),
  claimedAt: null,
  firstContactAt: null,
  resolvedAt: null,
  closedAt: null,
  rungs: [],
  dueAt: null,
  escalation: null,
  offer: null,
  tried: [],
  dispatchAt: null,
  restsUntil: null,
  committeeCalled: false,
  waitingSince: null,
  plea: null,
  handover: null,
  suspendedUntil: null,
  question: null,
  result: null,
  rating: null,
  closingReason: null,
  reworkCount: 0,
  returnCount: 0,
  openTasks: [],
  coHandlers: [],
  callback: null,
  unitHead: null,
  ...changes,
});

/** Filed for the resident by `child`, whom the resident has given, refused or not yet given consent. */
export const filedByFamily = (consent: Partial<Consent> = {}): Pick<Request, "filedBy"> => ({
  filedBy: {
    id: "child",
    name: "女儿",
    as: "family",
    relation: "parent",
    consent: { state: "asked", mayRate: false, how: null, at: null, ...consent },
  },
});

/** A request in the hands of `handler`. */
export const heldRequest = (changes: Partial<Request> = {}): Request =>
  aRequest({ status: "claimed", handlerId: "handler", handlerName: "王敏", claimedAt: noon, ...changes });

/** Somebody with a role in `c1`; a cadre is on duty for another hour. */
export const anActor = (role: Actor["role"], userId: string = role, changes: Partial<Actor> = {}): Actor => ({
  userId,
  ids: [userId],
  name: userId,
  role,
  communityIds: role === "resident" ? [] : ["c1"],
  dutyUntil: role === "cadre" ? minutesLater(60) : null,
  ...changes,
});
