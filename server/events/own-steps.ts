import type { OwnStep } from "../domain/replay.ts";
import type { DomainEvent } from "../domain/request.ts";
import type { LogRow } from "../store/log.ts";
import { readRow } from "../usecases/log/read-row.ts";

/** The number of the step that left an event: its aggregate's version after it. */
export const versionOf = ({ _id }: Pick<LogRow, "_id">): number => Number(_id.slice(_id.lastIndexOf(":") + 1));

/** The id of the aggregate that left the event of a row. */
export const aggregateOf = ({ _id }: Pick<LogRow, "_id">): string => _id.slice(0, _id.lastIndexOf(":"));

/** A step of the request itself; what a message or another document leaves has that document's id. */
export const isOwnStep = (row: LogRow): boolean => row.requestId !== null && row._id.startsWith(`${row.requestId}:`);

/** A row of the log as a step of the aggregate that left it. */
export const stepOfRow = (row: LogRow): OwnStep => ({
  version: versionOf(row),
  type: row.type,
  at: row.at,
  communityId: row.communityId,
  requestNo: row.requestNo,
  serviceCode: row.serviceCode,
  actorId: row.actorId,
  residentId: row.residentId,
  handlerId: row.handlerId,
  filerId: row.filerId ?? null,
  organization: row.organization ?? null,
  data: row.payload === null ? null : readRow(row).data,
});

/** An event that is still in an outbox as a step. */
export const stepOfEvent = ({ subjects, actor, ...event }: DomainEvent): OwnStep => ({
  version: event.version,
  type: event.type,
  at: event.at,
  communityId: event.communityId,
  requestNo: event.requestNo,
  serviceCode: event.serviceCode,
  actorId: actor.id,
  residentId: subjects.residentId,
  handlerId: subjects.handlerId,
  filerId: subjects.filerId ?? null,
  organization: subjects.organization ?? null,
  data: asJson(event.data),
});

/** Data as a row has them: dates are texts. */
const asJson = (data: DomainEvent["data"]): OwnStep["data"] => JSON.parse(JSON.stringify(data)) as OwnStep["data"];

/** The own steps of requests among the rows that concern them. */
export const ownSteps = (rows: readonly LogRow[]): OwnStep[] => rows.filter(isOwnStep).map(stepOfRow);
