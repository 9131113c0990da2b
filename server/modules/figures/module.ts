import { defineModule } from "../../core/module.ts";
import { figuresConsumer } from "./consumer.ts";
import { figuresErrors } from "./errors.ts";
import { figuresData } from "./personal-data.ts";
import type { FiguresStore } from "./ports.ts";
import { figuresRoutes } from "./routes/figures.ts";
import { createHandlingCycleRepository } from "./store/handling-cycles.ts";
import { createRollupRepository } from "./store/rollups.ts";

/** Figures (三率与其他数字): counted from the log alone, summed up by day. */
export const figures = defineModule({
  name: "figures",
  needs: [],
  repositories: (connection): FiguresStore => ({
    handlingCycles: createHandlingCycleRepository(connection),
    rollups: createRollupRepository(connection),
  }),
  outboxes: [],
  errors: figuresErrors,
  data: figuresData,
  routes: figuresRoutes,
  jobs: [],
  consumers: (ports) => [figuresConsumer(ports)],
  // They hold ids of the staff only, and nothing of residents.
  erase: async () => undefined,
  retain: async () => undefined,
  ownData: async () => ({}),
});
