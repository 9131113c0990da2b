import type { Ports, Uses } from "../../core/ports.ts";
import type { ComplaintRepository } from "./store/complaints.ts";

/** The repositories of this module. */
export interface ComplaintStore {
  complaints: ComplaintRepository;
}

/** The named ports of the core and the repositories of this module. */
export type UsesComplaints<Name extends keyof Ports = never> = Uses<Name> & ComplaintStore;
