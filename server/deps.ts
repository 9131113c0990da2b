import type { RouteDeps } from "./core/http/route-deps.ts";
import type { ModuleRepositories } from "./modules/index.ts";

/** What the routes get: the ports of the core's routes and the repositories of the modules. */
export type Deps = RouteDeps & ModuleRepositories;
