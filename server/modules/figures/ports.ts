import type { Ports, Uses } from "../../core/ports.ts";
import type { HandlingCycleRepository } from "./store/handling-cycles.ts";
import type { RollupRepository } from "./store/rollups.ts";

/** The repositories of this module. */
export interface FiguresStore {
  handlingCycles: HandlingCycleRepository;
  rollups: RollupRepository;
}

/** The named ports of the core and the repositories of this module. */
export type UsesFigures<Name extends keyof Ports = never> = Uses<Name> & FiguresStore;
