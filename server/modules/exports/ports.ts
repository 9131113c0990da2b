import type { Ports, Uses } from "../../core/ports.ts";
import type { ExportRepository } from "./store/exports.ts";

/** The repositories of this module. */
export interface ExportStore {
  exports: ExportRepository;
}

/** The ports of the core that a use case names, and exports. */
export type UsesExports<Name extends keyof Ports = never> = Uses<Name> & ExportStore;
