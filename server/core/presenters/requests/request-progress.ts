import type { Request as RequestReply } from "../../../../contract/index.ts";
import { MASK } from "../../domain/privacy/mask.ts";

/**
 * What is left of a request for those who see its course only (`seesProgressOnly`): which service, which building, how
 * far it is, who handles it, when. What is not named here is left out, so that a new field is hidden until somebody
 * decides otherwise.
 */
export const progressOf = (request: RequestReply): RequestReply => ({
  ...{ id: request.id, requestNo: request.requestNo, version: request.version, status: request.status },
  ...{ communityId: request.communityId, communityName: request.communityName, acceptedIn: request.acceptedIn },
  followers: request.followers,
  formerly: request.formerly,
  ...{ serviceCode: request.serviceCode, serviceTitle: request.serviceTitle, urgency: request.urgency },
  ...{ abilities: request.abilities, handler: request.handler, unreadMessages: request.unreadMessages },
  ...{ submittedAt: request.submittedAt, respondBy: request.respondBy, resolveBy: request.resolveBy },
  ...{ claimedAt: request.claimedAt, firstContactAt: request.firstContactAt, resolvedAt: request.resolvedAt },
  ...{ closedAt: request.closedAt, suspendedUntil: request.suspendedUntil, reworkCount: request.reworkCount },
  courseOnly: true,
  place: { building: request.place.building, unit: MASK, room: MASK },
  // The title is the resident's first line.
  title: request.serviceTitle,
  ...{ description: "", answers: {}, timeWindow: null, files: [], contact: { name: "", phone: "" } },
  resident: { id: NOBODY, name: "", tier: "guest", mine: false },
  ...{ filedBy: null, question: null, result: null, rating: null, callback: null, unitHead: null, closingReason: null },
  ...{
    escalation: null,
    offer: null,
    plea: null,
    transfer: null,
    handover: null,
    returnCount: 0,
    awaitsLead: false,
    openTasks: 0,
  },
});

/** No id of anybody. */
const NOBODY = "0".repeat(24);
