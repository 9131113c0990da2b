import type { Ports, Uses } from "../../core/ports.ts";
import type { ExportRepository } from "./store/exports.ts";

/** The repositories of this module. */
export interface ExportStore {
  exports: ExportRepository;
}

/** The named ports of the core and the repositories of this module. */
export type UsesExports<Name extends keyof Ports = never> = Uses<Name> & ExportStore;
