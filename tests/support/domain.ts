import type { Actor } from "../../server/kernel/actor.ts";
import type { Service } from "../../server/core/domain/community/community.ts";
import { type RequestChange, withChanges } from "../../server/core/domain/requests/request-change.ts";
import { blankClocks } from "../../server/core/domain/requests/request-clocks.ts";
import { type Sealed, blankContent } from "../../server/core/domain/requests/request-content.ts";
import { blankDispatch } from "../../server/core/domain/requests/request-dispatch.ts";
import { blankHandling } from "../../server/core/domain/requests/request-handling.ts";
import { blankOutcome } from "../../server/core/domain/requests/request-outcome.ts";
import { blankTransfer } from "../../server/core/domain/requests/request-transfer.ts";
import { type Consent, type RequestParty, blankParty } from "../../server/core/domain/requests/request-party.ts";
import type { Request } from "../../server/core/domain/requests/request.ts";
import type { OfficeHours } from "../../server/core/domain/community/working-time.ts";

/** The time of domain tests. */
export const noon = new Date("2026-03-04T04:00:00Z");
export const minutesLater = (minutes: number, from = noon): Date => new Date(from.getTime() + minutes * 60_000);

/** A service with a response time of an hour and a resolution time of a day. */
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

/** Office hours of every day from 9:00 to 17:00. */
export const nineToFive: OfficeHours = () => [[9 * 60, 17 * 60]];

/** A queued request of `resident` in community `c1`, filed at {@link noon}. */
export const aRequest = (changes: RequestChange = {}): Request =>
  withChanges<Request>(
    {
      ...{ id: "r1", no: "0000-0001-1", version: 3, communityId: "c1", serviceCode: "parcel" },
      ...{ urgency: "normal", status: "queued", submittedAt: noon },
      ...{ residentId: "resident", handlerId: null, handlerName: null },
      content: {
        ...blankContent,
        title: "代取快递",
        description: "取件码在短信里",
        place: { building: "1号楼", unit: "sealed" as Sealed, room: "sealed" as Sealed },
        contact: { name: "居民", phone: "sealed" as Sealed },
      },
      party: { ...blankParty, residentName: "居民" },
      clocks: { ...blankClocks, respondBy: minutesLater(60), resolveBy: minutesLater(1440) },
      dispatch: { ...blankDispatch, queueKey: 0 },
      transfer: blankTransfer,
      handling: blankHandling,
      outcome: blankOutcome,
    },
    changes,
  );

/** The change that makes a request filed for the resident by `child`. By default consent is still asked for. */
export const filedByFamily = (
  consent: Partial<Consent> = {},
): RequestChange & { party: Pick<RequestParty, "filedBy"> } => ({
  party: {
    filedBy: {
      id: "child",
      name: "女儿",
      as: "family",
      relation: "parent",
      consent: { state: "asked", mayRate: false, how: null, at: null, ...consent },
    },
  },
});

/** A request that `handler` holds. */
export const heldRequest = (changes: RequestChange = {}): Request =>
  aRequest(
    withChanges<RequestChange>(
      { status: "claimed", handlerId: "handler", handlerName: "王敏", clocks: { claimedAt: noon } },
      changes,
    ),
  );

/** An actor with a role in `c1`; a cadre is on duty for another hour. */
export const anActor = (role: Actor["role"], userId: string = role, changes: Partial<Actor> = {}): Actor => ({
  userId,
  ids: [userId],
  name: userId,
  role,
  communityIds: role === "resident" ? [] : ["c1"],
  dutyUntil: role === "cadre" ? minutesLater(60) : null,
  ...changes,
});
