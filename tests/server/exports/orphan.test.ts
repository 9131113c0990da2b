import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, it } from "vitest";
import { dataFolder } from "../../support/data-folder.ts";
import { freshDatabase } from "../../support/engine.ts";

const { uri, name } = freshDatabase();
const WORKER = join(import.meta.dirname, "../../../server/modules/exports/writing/worker.ts");

it("the writer of exports ends with a server that is killed while the writer starts", { timeout: 30_000 }, async () => {
  const worker = fork(WORKER, []);
  worker.send({ uri, database: name, keysFile: join(await dataFolder(), "keys.json") });
  worker.disconnect();
  expect(await once(worker, "exit")).toEqual([0, null]);
});
