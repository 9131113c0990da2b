import type { Ports, Uses } from "../../core/ports.ts";
import type { CoTaskRepository } from "./store/co-tasks.ts";

/** The repositories of this module. */
export interface CoTaskStore {
  coTasks: CoTaskRepository;
}

/** The named ports of the core and the repositories of this module. */
export type UsesCoTasks<Name extends keyof Ports = never> = Uses<Name> & CoTaskStore;
