import type { Connection } from "mongoose";
import { createFileService } from "./adapters/files/file-service.ts";
import { type Pictures, createPictures } from "./adapters/pictures/pictures.ts";
import { type Clock, systemClock } from "./kernel/clock.ts";
import type { Keys } from "./adapters/keys/keys.ts";
import { type Store, createStore } from "./core/store/store.ts";
import {
  type ModuleRepositories,
  moduleDerivedFaults,
  moduleHooks,
  moduleOutboxes,
  moduleReplays,
  moduleRepositories,
} from "./modules/index.ts";

/**
 * Creates every repository of the product on one connection: those of the core as `store`, those of the modules by
 * their names.
 */
export const openStore = (connection: Connection): { store: Store } & ModuleRepositories => ({
  store: createStore(connection, { outboxes: moduleOutboxes, replays: moduleReplays }),
  ...moduleRepositories(connection),
});

/**
 * Opens all that keeps personal data: the repositories, the files, and the hooks by which modules erase and export
 * theirs.
 */
export function openKeeping(
  connection: Connection,
  keys: Keys,
  clock: Clock = systemClock,
  pictures: Pictures = createPictures(),
) {
  const repositories = openStore(connection);
  const files = createFileService({ connection, keys, pictures });
  const ports = { ...repositories, clock, files, keys };
  return {
    repositories,
    store: repositories.store,
    files,
    modules: moduleHooks(ports),
    /** What is stored differently from what the log gives. */
    derivedFaults: () => moduleDerivedFaults(ports),
  };
}
