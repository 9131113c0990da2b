import type { AttentionFilter } from "../../domain/requests/attention-filter.ts";
import type { Status } from "../../domain/requests/request.ts";

/** What a list may be narrowed by. `from` is inclusive, `to` exclusive, both by submission. */
export interface RequestFilter {
  communityIds?: readonly string[];
  residentIds?: readonly string[];
  /** Whose they are, who filed them for the family and has not been refused, or who follows them. */
  partyIds?: readonly string[];
  followerIds?: readonly string[];
  /** To which of these communities it is to be transferred. */
  incomingTo?: readonly string[];
  handlerId?: string;
  statuses?: readonly Status[];
  late?: AttentionFilter;
  serviceCode?: string;
  no?: string;
  from?: Date;
  to?: Date;
}

/** Few among the open ones, which the index on state finds. */
const late = {
  overdue: { "escalation.level": { $in: ["overdue", "supervised"] } },
  supervised: { "escalation.level": "supervised" },
  plea: { plea: { $ne: null } },
  callback: { "callback.made": null, "callback.dueBy": { $gt: new Date(0) } },
};

/** The query of a filter. */
export function conditions(filter: RequestFilter): Record<string, unknown> {
  const range = { ...(filter.from ? { $gte: filter.from } : {}), ...(filter.to ? { $lt: filter.to } : {}) };
  const one = (values: readonly string[]) => (values.length === 1 ? values[0] : { $in: values });
  const party = (ids: readonly string[]) => [
    { residentId: one(ids) },
    { "filedBy.id": one(ids), "filedBy.as": "family", "filedBy.consent.state": { $ne: "refused" } },
    { "followers.id": one(ids) },
  ];
  return {
    ...(filter.communityIds ? { communityId: one(filter.communityIds) } : {}),
    ...(filter.residentIds ? { residentId: one(filter.residentIds) } : {}),
    ...(filter.partyIds ? { $and: [{ $or: party(filter.partyIds) }] } : {}),
    ...(filter.incomingTo ? { "transfer.to": one(filter.incomingTo) } : {}),
    ...(filter.followerIds ? { "followers.id": one(filter.followerIds) } : {}),
    ...(filter.handlerId ? { handlerId: filter.handlerId } : {}),
    ...(filter.statuses ? { status: one(filter.statuses) } : {}),
    ...(filter.late ? late[filter.late] : {}),
    ...(filter.serviceCode ? { serviceCode: filter.serviceCode } : {}),
    ...(filter.no ? { no: filter.no } : {}),
    ...(filter.from || filter.to ? { submittedAt: range } : {}),
  };
}
