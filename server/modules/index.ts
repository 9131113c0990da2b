import type { Connection } from "mongoose";
import type { OwnDataOfModules } from "../../contract/own-data.ts";
import type { Ports } from "../core/ports.ts";
import type { Job } from "../kernel/jobs/job.ts";
import type { Consumer } from "../log/consumer.ts";
import type { HookPorts } from "../core/module.ts";
import type { ModuleHooks } from "../core/module-hooks.ts";
import { coreRegister } from "../core/domain/privacy/core-register.ts";
import { merged } from "../kernel/module.ts";
import type { DataRegister } from "../kernel/personal-data.ts";
import { complaints } from "./complaints/module.ts";
import { exports } from "./exports/module.ts";
import { figures } from "./figures/module.ts";

/** Every module. The tables of the product are folds over them. */
export const modules = [complaints, exports, figures] as const;

/** The repositories of all modules on a connection, each under the name of its port. */
export const moduleRepositories = (connection: Connection) =>
  merged(...modules.map(({ repositories }) => repositories(connection)));
export type ModuleRepositories = ReturnType<typeof moduleRepositories>;

/** One handler for each operation of the modules. */
export const moduleRoutes = merged(...modules.map(({ routes }) => routes));

/** Collections whose documents leave events. */
export const moduleOutboxes: readonly string[] = modules.flatMap(({ outboxes }) => outboxes);

/** What is kept of people in the whole product. */
export const dataRegister: DataRegister = {
  personal: [coreRegister, ...modules.map(({ data }) => data)].flatMap(({ personal }) => personal),
  impersonal: [coreRegister, ...modules.map(({ data }) => data)].flatMap(({ impersonal }) => impersonal),
  periods: merged(coreRegister.periods, ...modules.map(({ data }) => data.periods)),
};

/** What the core asks of all modules together. */
export function moduleHooks(ports: HookPorts & ModuleRepositories): ModuleHooks {
  return {
    async erase(userIds, now) {
      for (const module of modules) await module.erase(ports, userIds, now);
    },
    async retain(now) {
      for (const module of modules) await module.retain(ports, now);
    },
    async ownData(actor) {
      const parts: readonly Partial<OwnDataOfModules>[] = await Promise.all(
        modules.map((module) => module.ownData(ports, actor)),
      );
      // The contract has the parts of all modules, and each module is in the list.
      return merged(...parts) as OwnDataOfModules;
    },
  };
}

/** What the modules do again and again. */
export const moduleJobs: readonly Job<Ports & ModuleRepositories>[] = modules.flatMap<Job<Ports & ModuleRepositories>>(
  ({ jobs }) => jobs,
);

/** What of the modules follows the log. */
export const moduleConsumers = (ports: Ports & ModuleRepositories): readonly Consumer[] =>
  modules.flatMap(({ consumers }) => consumers(ports));
