import type { Connection } from "mongoose";
import type { RosterPlan } from "../domain/roster-plan.ts";
import { aggregateCollection, aggregateRepository } from "./aggregates.ts";

/** Changes a few times a year and is read with every deadline: a process may be this much behind, ms. */
const CACHE_MS = 5_000;

/** One plan for each community: its own days of the calendar, cover hours, patterns. */
export function createRosterPlanRepository(connection: Connection) {
  const repository = aggregateRepository<RosterPlan>(aggregateCollection(connection, "RosterPlan", "roster_plans", []));
  const cache = new Map<string, { plan: RosterPlan | null; until: number }>();

  return {
    ...repository,
    /** The plan or null, at most 5 s old unless this process changed it. */
    async find(id: string): Promise<RosterPlan | null> {
      const cached = cache.get(id);
      if (cached && cached.until > performance.now()) return cached.plan;
      const plan = (await repository.load(id))?.value ?? null;
      cache.set(id, { plan, until: performance.now() + CACHE_MS });
      return plan;
    },
    async insert(...step: Parameters<typeof repository.insert>): Promise<boolean> {
      cache.delete(step[0].id);
      const inserted = await repository.insert(...step);
      cache.delete(step[0].id);
      return inserted;
    },
    async saveStep(...step: Parameters<typeof repository.saveStep>): Promise<RosterPlan | null> {
      const saved = await repository.saveStep(...step);
      cache.delete(step[0]);
      return saved;
    },
  };
}
