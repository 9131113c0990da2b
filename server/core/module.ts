import type { OwnDataOfModules } from "../../contract/own-data.ts";
import type { Actor } from "../kernel/actor.ts";
import type { ErrorCode, ErrorTable } from "../kernel/errors.ts";
import type { Module } from "../kernel/module.ts";
import type { Job } from "../kernel/jobs/job.ts";
import type { Consumer } from "../log/consumer.ts";
import type { Ports, Uses } from "./ports.ts";

/** What the hooks of a module may ask for, beside its own repositories. */
export type HookPorts = Uses<"store" | "files" | "keys">;

/** A module of this product: what it is to the kernel, and what it hands a resident of the own data. */
export interface ProductModule<
  Repositories extends object,
  Errors extends Partial<ErrorTable<ErrorCode>>,
  Routes,
  OwnData extends Partial<OwnDataOfModules>,
> extends Module<HookPorts, Repositories, Errors, Routes> {
  /** Its parts of what a resident downloads, as the contract has them. The actor acts as a resident. */
  ownData(ports: HookPorts & Repositories, actor: Actor): Promise<OwnData>;
  /** What it does again and again. */
  jobs: readonly Job<Ports & Repositories>[];
  /** What follows the log, before the erasures do. */
  consumers(ports: Ports & Repositories): readonly Consumer[];
}

/** Declares a module: whatever a table of the product needs of it, is named here, and nothing can be forgotten. */
export const defineModule = <
  Repositories extends object,
  Errors extends Partial<ErrorTable<ErrorCode>>,
  Routes,
  OwnData extends Partial<OwnDataOfModules>,
>(
  module: ProductModule<Repositories, Errors, Routes, OwnData>,
): ProductModule<Repositories, Errors, Routes, OwnData> => module;
