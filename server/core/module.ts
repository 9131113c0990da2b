import type { OwnDataOfModules } from "../../contract/own-data.ts";
import type { RequestDetailOfModules } from "../../contract/request.ts";
import type { Actor } from "../kernel/actor.ts";
import type { ErrorCode, ErrorTable } from "../kernel/errors.ts";
import type { Module, OwnDataSection } from "../kernel/module.ts";
import type { Job } from "../kernel/jobs/job.ts";
import type { DerivedFault } from "../log/verify-log.ts";
import type { Consumer } from "../log/consumer.ts";
import type { DemoStory } from "../demo/demo-event.ts";
import type { Request } from "./domain/requests/request.ts";
import type { Erasure } from "../kernel/erase-aggregates.ts";
import type { Erased, PictureHolder } from "./module-hooks.ts";
import type { Ports, Uses } from "./ports.ts";

/** The ports that a module's hooks may use beside its own repositories. */
export type HookPorts = Uses<"clock" | "store" | "files" | "keys">;

/** A module of this product: the kernel's manifest, and the hooks that the core calls. */
export interface ProductModule<
  Repositories extends object,
  Errors extends Partial<ErrorTable<ErrorCode>>,
  Routes,
  OwnData extends Partial<OwnDataOfModules>,
  Detail extends Partial<RequestDetailOfModules>,
> extends Module<HookPorts, Repositories, Errors, Routes> {
  /** Its parts of a resident's export, in the form of the contract. The actor acts as a resident. */
  ownData(ports: HookPorts & Repositories, actor: Actor): Promise<OwnData>;
  /** Its sections of the readable page that goes with the export. */
  ownDataSections(data: OwnDataOfModules): readonly OwnDataSection[];
  /** Its part of the detail of a request that the actor may read, in the form of the contract. */
  requestDetail(ports: HookPorts & Repositories, actor: Actor, request: Request): Promise<Detail>;
  /** Its aggregates that show pictures, by the kind of a picture's target. */
  pictures(repositories: Repositories): Readonly<Record<string, PictureHolder>>;
  /** Erases its data of these people and requests, pictures included. It can be repeated. */
  erase(ports: HookPorts & Repositories, erased: Erased, erasure: Erasure): Promise<void>;
  /** Its recurring jobs. */
  jobs: readonly Job<Ports & Repositories>[];
  /** Its consumers of the log. They run before the erasure consumer. */
  consumers(ports: Ports & Repositories): readonly Consumer[];
  /**
   * Verifies what it derives from the log and stores: yields each document that differs from what the log gives.
   * Servers may run meanwhile.
   */
  verify(ports: HookPorts & Repositories): AsyncIterable<DerivedFault> | readonly DerivedFault[];
  /** Its part of the demo's story; null without one. */
  demo: DemoStory<Ports & Repositories> | null;
}

/** Declares a module. The type requires every part that a table of the product needs, so none can be forgotten. */
export const defineModule = <
  Repositories extends object,
  Errors extends Partial<ErrorTable<ErrorCode>>,
  Routes,
  OwnData extends Partial<OwnDataOfModules>,
  Detail extends Partial<RequestDetailOfModules>,
>(
  module: ProductModule<Repositories, Errors, Routes, OwnData, Detail>,
): ProductModule<Repositories, Errors, Routes, OwnData, Detail> => module;
