import type { Ports, Uses } from "../../core/ports.ts";
import type { ComplaintRepository } from "./store/complaints.ts";

/** The repositories of this module. */
export interface ComplaintStore {
  complaints: ComplaintRepository;
}

/** The ports of the core that a use case names, and complaints. */
export type UsesComplaints<Name extends keyof Ports = never> = Uses<Name> & ComplaintStore;
