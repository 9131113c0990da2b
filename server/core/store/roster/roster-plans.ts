import type { Connection } from "mongoose";
import type { RosterPlan } from "../../domain/roster/roster-plan.ts";
import { aggregateCollection, aggregateRepository } from "../../../kernel/aggregate-repository.ts";
import { createShortCache } from "../../../kernel/short-cache.ts";

/** The roster plan of each community: changed calendar days, cover hours and patterns. */
export function createRosterPlanRepository(connection: Connection) {
  const repository = aggregateRepository<RosterPlan>(aggregateCollection(connection, "RosterPlan", "roster_plans", []));
  // A missing plan is cached, too, since it is read with every step.
  const cache = createShortCache(async (id) => ({ plan: (await repository.load(id))?.value ?? null }));

  return {
    ...repository,
    /** The plan or null, at most 5 s old unless this process changed it. */
    find: async (id: string): Promise<RosterPlan | null> => (await cache.get(id))?.plan ?? null,
    async insert(...step: Parameters<typeof repository.insert>): Promise<boolean> {
      const inserted = await repository.insert(...step);
      cache.forget(step[0].id);
      return inserted;
    },
    async saveStep(...step: Parameters<typeof repository.saveStep>): Promise<RosterPlan | null> {
      const saved = await repository.saveStep(...step);
      cache.forget(step[0]);
      return saved;
    },
  };
}
