import type { Connection } from "mongoose";
import type { OwnDataOfModules } from "../../contract/own-data.ts";
import type { RequestDetailOfModules } from "../../contract/request.ts";
import type { Ports } from "../core/ports.ts";
import type { Job } from "../kernel/jobs/job.ts";
import type { Consumer } from "../log/consumer.ts";
import type { DerivedFault } from "../log/verify-log.ts";
import type { DemoStory } from "../demo/demo-event.ts";
import type { DescribedLifecycle } from "../kernel/lifecycle-table.ts";
import type { AggregateReplay } from "../kernel/replay.ts";
import type { HookPorts } from "../core/module.ts";
import type { ModuleHooks } from "../core/module-hooks.ts";
import { coreRegister } from "../core/domain/privacy/core-register.ts";
import { merged } from "../../contract/module.ts";
import type { OutboxCollection } from "../kernel/outbox-collection.ts";
import type { DataRegister } from "../kernel/personal-data.ts";
import { complaints } from "./complaints/module.ts";
import { coHandling } from "./co-handling/module.ts";
import { exports } from "./exports/module.ts";
import { figures } from "./figures/module.ts";

/** Every module. The product-wide tables below are derived from this list. */
export const modules = [coHandling, complaints, exports, figures] as const;

/** Creates the repositories of all modules on a connection, by the names of their ports. */
export const moduleRepositories = (connection: Connection) =>
  merged(...modules.map(({ repositories }) => repositories(connection)));
export type ModuleRepositories = ReturnType<typeof moduleRepositories>;

/** The handlers of all operations of the modules. */
export const moduleRoutes = merged(...modules.map(({ routes }) => routes));

/** The collections of the modules whose documents have outboxes. */
export const moduleOutboxes: readonly OutboxCollection[] = modules.flatMap<OutboxCollection>(
  ({ outboxes }) => outboxes,
);

/** The lifecycles of the modules. */
export const moduleLifecycles: readonly DescribedLifecycle[] = modules.flatMap(({ lifecycles }) => lifecycles);

/** The replays of the modules' aggregates, for log verification. */
export const moduleReplays: readonly AggregateReplay[] = modules.flatMap(({ replay }) => replay);

/** The register of all personal data of the product. */
export const dataRegister: DataRegister = {
  personal: [coreRegister, ...modules.map(({ data }) => data)].flatMap(({ personal }) => personal),
  impersonal: [coreRegister, ...modules.map(({ data }) => data)].flatMap(({ impersonal }) => impersonal),
  periods: merged(coreRegister.periods, ...modules.map(({ data }) => data.periods)),
};

/** Joins the hooks of all modules into those that the core calls. */
export function moduleHooks(ports: HookPorts & ModuleRepositories): ModuleHooks {
  return {
    async erase(erased, erasure) {
      for (const module of modules) await module.erase(ports, erased, erasure);
    },
    async retain(now) {
      for (const module of modules) await module.retain(ports, now);
    },
    async ownData(actor) {
      const parts: readonly Partial<OwnDataOfModules>[] = await Promise.all(
        modules.map((module) => module.ownData(ports, actor)),
      );
      // The cast is safe, since the contract's type joins the parts of exactly these modules.
      return merged(...parts) as OwnDataOfModules;
    },
    ownDataSections: (data) => modules.flatMap((module) => module.ownDataSections(data)),
    async requestDetail(actor, request) {
      const parts: readonly Partial<RequestDetailOfModules>[] = await Promise.all(
        modules.map((module) => module.requestDetail(ports, actor, request)),
      );
      return merged(...parts) as RequestDetailOfModules;
    },
    pictures: merged(...modules.map(({ pictures }) => pictures(ports))),
  };
}

/** The jobs of all modules. */
export const moduleJobs: readonly Job<Ports & ModuleRepositories>[] = modules.flatMap<Job<Ports & ModuleRepositories>>(
  ({ jobs }) => jobs,
);

/** The demo stories of the modules. */
export const moduleStories: readonly DemoStory<Ports & ModuleRepositories>[] = modules.flatMap<
  DemoStory<Ports & ModuleRepositories>
>(({ demo }) => demo ?? []);

/** What all modules derive from the log and store differently from what the log gives. */
export async function* moduleDerivedFaults(ports: HookPorts & ModuleRepositories): AsyncGenerator<DerivedFault> {
  for (const module of modules) yield* module.verify(ports);
}

/** The log consumers of all modules. */
export const moduleConsumers = (ports: Ports & ModuleRepositories): readonly Consumer[] =>
  modules.flatMap(({ consumers }) => consumers(ports));
