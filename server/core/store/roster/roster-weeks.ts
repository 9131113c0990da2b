import type { Connection } from "mongoose";
import type { Day } from "../../domain/community/calendar.ts";
import type { RosterWeek } from "../../domain/roster/roster.ts";
import { aggregateCollection, aggregateRepository, toDomain } from "../../../kernel/aggregate-repository.ts";
import { objectId } from "../../../kernel/object-ids.ts";

/** Roster weeks that were changed or published. */
export function createRosterWeekRepository(connection: Connection) {
  const collection = aggregateCollection(connection, "RosterWeek", "roster_weeks", [{ communityId: 1, monday: 1 }]);

  return {
    ...aggregateRepository<RosterWeek>(collection),
    /** The stored ones of these weeks, in order. */
    async findMany(ids: readonly string[]): Promise<RosterWeek[]> {
      const found = await collection.find({ _id: { $in: ids.map(objectId) } }).toArray();
      const weeks = found.map((stored) => toDomain(stored) as RosterWeek);
      return weeks.toSorted((a, b) => (a.monday < b.monday ? -1 : 1));
    },
    /** The stored weeks from one Monday up to and including another, in order. */
    async between(communityId: string, from: Day, to: Day): Promise<RosterWeek[]> {
      const found = await collection
        .find({ communityId, monday: { $gte: from, $lte: to } })
        .sort({ monday: 1 })
        .toArray();
      return found.map((stored) => toDomain(stored) as RosterWeek);
    },
  };
}
