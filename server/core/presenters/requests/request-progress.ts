import type { Request as RequestReply } from "../../../../contract/index.ts";
import { MASK } from "../../domain/privacy/mask.ts";

/**
 * The reply for readers who see the progress only (`seesProgressOnly`): service, building, state, handler and times.
 * Fields are copied by name, so that a new field is hidden until it is added here.
 */
export const progressOf = (request: RequestReply): RequestReply => ({
  ...{ id: request.id, requestNo: request.requestNo, status: request.status },
  ...{ communityId: request.communityId, communityName: request.communityName, acceptedIn: request.acceptedIn },
  followers: request.followers,
  formerly: request.formerly,
  ...{ serviceCode: request.serviceCode, serviceTitle: request.serviceTitle, urgency: request.urgency },
  ...{ abilities: request.abilities, handler: request.handler, unreadMessages: request.unreadMessages },
  ...{ submittedAt: request.submittedAt, respondBy: request.respondBy, resolveBy: request.resolveBy },
  ...{ claimedAt: request.claimedAt, firstContactAt: request.firstContactAt, resolvedAt: request.resolvedAt },
  ...{ closedAt: request.closedAt, suspendedUntil: request.suspendedUntil, reworkCount: request.reworkCount },
  progressOnly: true,
  place: { building: request.place.building, unit: MASK, room: MASK },
  // The title is hidden, since the resident has written it.
  title: request.serviceTitle,
  ...{ description: "", answers: {}, timeWindow: null, files: [], contact: { name: "", phone: "" } },
  resident: { id: NOBODY, name: "", tier: "guest", mine: false },
  ...{ filedBy: null, question: null, result: null, rating: null, callback: null, unitHead: null, closingReason: null },
  ...{
    escalation: null,
    offer: null,
    timeRequest: null,
    transfer: null,
    handover: null,
    returnCount: 0,
    awaitsLeadUnit: false,
    openTasks: 0,
  },
});

/** The id of no user. */
export const NOBODY = "0".repeat(24);
