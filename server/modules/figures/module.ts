import { defineModule } from "../../core/module.ts";
import { figuresConsumer } from "./consumer.ts";
import { figuresErrors } from "./errors.ts";
import { rollupRefresh } from "./job.ts";
import { figuresData } from "./personal-data.ts";
import type { FiguresStore } from "./ports.ts";
import { figuresRoutes } from "./routes/figures.ts";
import { verifyFigures } from "./usecases/verify-figures.ts";
import { createHandlingCycleRepository } from "./store/handling-cycles.ts";
import { createRollupRepository } from "./store/rollups.ts";

/** Figures (三率与其他数字): counted from the log alone, in daily roll-ups. */
export const figures = defineModule({
  name: "figures",
  needs: [],
  repositories: (connection): FiguresStore => ({
    handlingCycles: createHandlingCycleRepository(connection),
    rollups: createRollupRepository(connection),
  }),
  outboxes: [],
  lifecycles: [],
  replay: [],
  errors: figuresErrors,
  data: figuresData,
  routes: figuresRoutes,
  jobs: [rollupRefresh],
  consumers: (ports) => [figuresConsumer(ports)],
  verify: verifyFigures,
  demo: null,
  // They have ids of staff only, and no personal data of residents.
  erase: async () => undefined,
  retain: async () => undefined,
  ownData: async () => ({}),
  ownDataSections: () => [],
  requestDetail: async () => ({}),
  pictures: () => ({}),
});
