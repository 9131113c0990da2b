import type { Connection } from "mongoose";
import { createFileService } from "./adapters/files/file-service.ts";
import type { Keys } from "./adapters/keys/keys.ts";
import { type Store, createStore } from "./core/store/store.ts";
import { type ModuleRepositories, moduleHooks, moduleOutboxes, moduleRepositories } from "./modules/index.ts";

/** Every repository of the product on one connection: the core's as `store`, those of the modules each by its name. */
export const openStore = (connection: Connection): { store: Store } & ModuleRepositories => ({
  store: createStore(connection, moduleOutboxes),
  ...moduleRepositories(connection),
});

/** Everything that keeps personal data, and what the modules do about theirs. */
export function openKeeping(connection: Connection, keys: Keys) {
  const repositories = openStore(connection);
  const files = createFileService({ connection, keys });
  return { repositories, store: repositories.store, files, modules: moduleHooks({ ...repositories, files, keys }) };
}
