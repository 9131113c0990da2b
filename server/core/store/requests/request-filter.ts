import type { AttentionFilter } from "../../domain/requests/attention-filter.ts";
import type { Status } from "../../domain/requests/request.ts";

/** The filter of a list. `from` is inclusive, `to` exclusive; both are times of submission. */
export interface RequestFilter {
  communityIds?: readonly string[];
  residentIds?: readonly string[];
  /** Users on the requests' side: residents, family members who filed and were not refused, and followers. */
  partyIds?: readonly string[];
  followerIds?: readonly string[];
  /** Communities to which a transfer is pending. */
  incomingTo?: readonly string[];
  handlerId?: string;
  statuses?: readonly Status[];
  attention?: AttentionFilter;
  serviceCode?: string;
  no?: string;
  from?: Date;
  to?: Date;
}

/** These match few of the open requests, which the index on the state finds. */
const attention = {
  overdue: { "clocks.escalation.level": { $in: ["overdue", "supervised"] } },
  supervised: { "clocks.escalation.level": "supervised" },
  "time-request": { "clocks.timeRequest": { $ne: null } },
  callback: { "outcome.callback.made": null, "outcome.callback.dueBy": { $gt: new Date(0) } },
};

/** The database query of a filter. */
export function conditions(filter: RequestFilter): Record<string, unknown> {
  const range = { ...(filter.from ? { $gte: filter.from } : {}), ...(filter.to ? { $lt: filter.to } : {}) };
  const one = (values: readonly string[]) => (values.length === 1 ? values[0] : { $in: values });
  const party = (ids: readonly string[]) => [
    { residentId: one(ids) },
    { "party.filedBy.id": one(ids), "party.filedBy.as": "family", "party.filedBy.consent.state": { $ne: "refused" } },
    { "party.followers.id": one(ids) },
  ];
  return {
    ...(filter.communityIds ? { communityId: one(filter.communityIds) } : {}),
    ...(filter.residentIds ? { residentId: one(filter.residentIds) } : {}),
    ...(filter.partyIds ? { $and: [{ $or: party(filter.partyIds) }] } : {}),
    ...(filter.incomingTo ? { "transfer.pending.to": one(filter.incomingTo) } : {}),
    ...(filter.followerIds ? { "party.followers.id": one(filter.followerIds) } : {}),
    ...(filter.handlerId ? { handlerId: filter.handlerId } : {}),
    ...(filter.statuses ? { status: one(filter.statuses) } : {}),
    ...(filter.attention ? attention[filter.attention] : {}),
    ...(filter.serviceCode ? { serviceCode: filter.serviceCode } : {}),
    ...(filter.no ? { no: filter.no } : {}),
    ...(filter.from || filter.to ? { submittedAt: range } : {}),
  };
}
