import type { RouteDeps } from "./core/http/route-deps.ts";
import type { ModuleRepositories } from "./modules/index.ts";

/** All that the composition puts together: the ports of the core's routes, and the repositories of the modules. */
export type Deps = RouteDeps & ModuleRepositories;
