import type { Connection } from "mongoose";
import type { Reveal } from "../../domain/audit/reveal.ts";
import {
  type AggregateRepository,
  aggregateCollection,
  aggregateRepository,
} from "../../../kernel/aggregate-repository.ts";

/** How often a person has revealed data. */
export interface RevealCount {
  userId: string;
  name: string;
  role: string;
  /** Since `hour`. */
  lastHour: number;
  all: number;
  /** The number in the hour with the most reveals. */
  busiestHour: number;
}

/** Reveals of personal data: who, whose, when. The revealed value is not stored. */
export function createRevealRepository(connection: Connection) {
  const collection = aggregateCollection(connection, "Reveal", "reveals", [{ communityId: 1, at: -1 }]);
  const repository: AggregateRepository<Reveal> = aggregateRepository<Reveal>(collection);
  return {
    ...repository,
    /**
     * Counts of reveals by person in these communities since `from`, most first. `hour`: the start of the last hour.
     */
    async counts(communityIds: readonly string[], from: Date, hour: Date): Promise<RevealCount[]> {
      const perHour = { userId: "$userId", hour: { $dateToString: { date: "$at", format: "%Y-%m-%dT%H" } } };
      const found = await collection
        .aggregate<Omit<RevealCount, "userId"> & { _id: string }>([
          { $match: { communityId: { $in: [...communityIds] }, at: { $gte: from } } },
          {
            $group: {
              _id: perHour,
              name: { $last: "$userName" },
              role: { $last: "$role" },
              count: { $sum: 1 },
              last: { $sum: { $cond: [{ $gte: ["$at", hour] }, 1, 0] } },
            },
          },
          {
            $group: {
              _id: "$_id.userId",
              name: { $last: "$name" },
              role: { $last: "$role" },
              all: { $sum: "$count" },
              lastHour: { $sum: "$last" },
              busiestHour: { $max: "$count" },
            },
          },
          { $sort: { all: -1, _id: 1 } },
        ])
        .toArray();
      return found.map(({ _id, ...rest }) => ({ userId: _id, ...rest }));
    },
  };
}
