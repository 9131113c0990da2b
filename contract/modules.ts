import { merged } from "./module.ts";
import { coHandling } from "./modules/co-handling.ts";
import { complaints } from "./modules/complaints.ts";
import { exports } from "./modules/exports.ts";
import { figures } from "./modules/figures.ts";

/** The modules' parts of the contract. The product's operations, events and own data include all of them. */
export const contractModules = [coHandling, complaints, exports, figures] as const;

export const moduleOperations = merged(...contractModules.map(({ operations }) => operations));
export const moduleEvents = merged(...contractModules.map(({ events }) => events));
export const moduleOwnData = merged(...contractModules.map(({ ownData }) => ownData));
