import type { Connection } from "mongoose";
import type { Leave, LeaveState } from "../../domain/roster/leave.ts";
import { aggregateCollection, aggregateRepository, toDomain } from "../../../kernel/aggregate-repository.ts";

const MAX_LISTED = 200;

/** Leaves of cadres. */
export function createLeaveRepository(connection: Connection) {
  const collection = aggregateCollection(connection, "Leave", "leaves", [
    { communityId: 1, to: 1 },
    { cadreId: 1, to: 1 },
  ]);

  async function list(query: Record<string, unknown>): Promise<Leave[]> {
    const found = await collection.find(query).sort({ from: 1, _id: 1 }).limit(MAX_LISTED).toArray();
    return found.map((stored) => toDomain(stored) as Leave);
  }

  return {
    ...aggregateRepository<Leave>(collection),
    /** A community's leaves in one of the states that overlap the time from `from` to `to`, by start. */
    touching: (communityId: string, states: readonly LeaveState[], from: Date, to: Date): Promise<Leave[]> =>
      list({ communityId, to: { $gt: from }, from: { $lt: to }, state: { $in: [...states] } }),
    /** A cadre's leaves that end after `from`, by start. */
    ofCadre: (communityId: string, cadreId: string, from: Date): Promise<Leave[]> =>
      list({ cadreId, communityId, to: { $gt: from } }),
  };
}
