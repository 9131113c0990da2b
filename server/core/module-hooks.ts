import type { OwnDataOfModules } from "../../contract/own-data.ts";
import type { RequestDetailOfModules } from "../../contract/request.ts";
import type { Erasure } from "../kernel/erase-aggregates.ts";
import type { Actor } from "../kernel/actor.ts";
import type { OwnDataSection } from "../kernel/module.ts";
import type { Request } from "./domain/requests/request.ts";

/**
 * The people whose accounts were closed, and the requests that are erased with them or after their retention period.
 */
export interface Erased {
  userIds: readonly string[];
  requestIds: readonly string[];
}

/** How a kind of aggregate shows pictures: to which request it belongs, and whether it shows a picture. */
export interface PictureHolder {
  requestOf(id: string): Promise<string | null>;
  shows(id: string, fileId: string): Promise<boolean>;
}

/** The functions that the core calls for all modules together. */
export interface ModuleHooks {
  erase(erased: Erased, erasure: Erasure): Promise<void>;
  retain(now: Date): Promise<void>;
  ownData(actor: Actor): Promise<OwnDataOfModules>;
  ownDataSections(data: OwnDataOfModules): readonly OwnDataSection[];
  /** The modules' parts of the detail of a request that the actor may read. */
  requestDetail(actor: Actor, request: Request): Promise<RequestDetailOfModules>;
  /** By kind of a picture's target. */
  pictures: Readonly<Record<string, PictureHolder>>;
}
