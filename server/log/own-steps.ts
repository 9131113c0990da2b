import { type OwnStep, isStep } from "../kernel/replay.ts";
import type { EventRecord } from "../kernel/event.ts";
import type { LogRow } from "./store/log-row.ts";
import { readRow } from "./read-row.ts";

/** The aggregate's version after the step that emitted the event. */
export const eventVersionOf = ({ _id }: Pick<LogRow, "_id">): number => Number(_id.slice(_id.lastIndexOf(":") + 1));

/** The id of the aggregate that emitted the event of a row. */
export const aggregateOf = ({ _id }: Pick<LogRow, "_id">): string => _id.slice(0, _id.lastIndexOf(":"));

/**
 * Whether the row is a step of the request itself. Events of messages and other documents carry the id of that
 * document.
 */
export const isOwnStep = (row: LogRow): boolean =>
  row.requestId !== null && row._id.startsWith(`${row.requestId}:`) && isStep(row.type);

/** Fields that have the same name in a row of the log, in an event and in a step. */
type Common = Pick<OwnStep, "type" | "at" | "communityId" | "requestNo" | "serviceCode">;
type Subjects = Pick<OwnStep, "residentId" | "handlerId"> & Partial<Pick<OwnStep, "filerId" | "organization">>;

function stepOf(
  { type, at, communityId, requestNo, serviceCode }: Common,
  { residentId, handlerId, filerId = null, organization = null }: Subjects,
  rest: Pick<OwnStep, "version" | "actorId" | "data">,
): OwnStep {
  const common = { type, at, communityId, requestNo, serviceCode };
  return { ...common, residentId, handlerId, filerId, organization, ...rest };
}

/** A row of the log as a step of the aggregate that emitted it. */
export const stepOfRow = (row: LogRow): OwnStep =>
  stepOf(row, row, {
    version: eventVersionOf(row),
    actorId: row.actorId,
    data: row.payload === null ? null : readRow(row).data,
  });

/** An event that is still in an outbox as a step. */
export const stepOfEvent = (event: EventRecord): OwnStep =>
  stepOf(event, event.subjects, { version: event.version, actorId: event.actor.id, data: asJson(event.data) });

/** Data in the form that rows have, with dates as strings. */
const asJson = (data: EventRecord["data"]): OwnStep["data"] => JSON.parse(JSON.stringify(data)) as OwnStep["data"];

/** The steps of requests themselves among rows that concern requests. */
export const ownSteps = (rows: readonly LogRow[]): OwnStep[] => rows.filter(isOwnStep).map(stepOfRow);
