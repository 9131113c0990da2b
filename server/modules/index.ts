import type { Connection } from "mongoose";
import type { HookPorts } from "../core/module.ts";
import type { ModuleHooks } from "../core/module-hooks.ts";
import { coreRegister } from "../core/domain/privacy/core-register.ts";
import { merged } from "../kernel/module.ts";
import type { DataRegister } from "../kernel/personal-data.ts";
import { complaints } from "./complaints/module.ts";

/** Every module. The tables of the product are folds over them. */
export const modules = [complaints] as const;

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
    ownData: async (actor) => merged(...(await Promise.all(modules.map((module) => module.ownData(ports, actor))))),
  };
}
