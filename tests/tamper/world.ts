import { connect } from "../../server/core/store/connection.ts";
import { eraseFromLog } from "../../server/core/usecases/accounts/erase-person.ts";
import { createMemoryAnchors } from "../../server/log/anchors.ts";
import { refreshRollups } from "../../server/modules/figures/usecases/refresh-rollups.ts";
import { moduleDerivedFaults } from "../../server/modules/index.ts";
import { type LogFault, verifyLog } from "../../server/log/verify-log.ts";
import { startWorld } from "../support/world.ts";
import { playRequestScene } from "../support/request-scene.ts";
import { submission } from "../support/requests.ts";
import { collectionNamed } from "../../server/kernel/collection.ts";
import { coreOutboxes } from "../../server/log/store/committed-state.ts";
import type { LogRow } from "../../server/log/store/log-row.ts";
import { recordStates } from "../../server/log/store/record-states.ts";
import { earlierStates } from "./trials.ts";

/**
 * A database with requests in every state, complaints, closed accounts, figures and erasures, whose servers have
 * stopped; and its documents as they were before the last steps.
 */
export async function openTamperWorld(database: { uri: string; name: string }) {
  const anchors = createMemoryAnchors();
  const connection = await connect(database.uri, database.name);
  // The world uses the models of this connection.
  const { world, stop } = await startWorld(database, { anchors, connection });
  const { deps, relay } = world;
  await playRequestScene(world);
  // The scene empties the requests of one resident; their rows are emptied here.
  const emptied = await connection.collection("requests").find({ "content.description": "" }).toArray();
  await relay.drain();
  await eraseFromLog(deps, [...new Set(emptied.map((request) => String(request["residentId"])))], deps.clock.now());
  await relay.drain();
  const resident = await world.resident();
  const clerk = await world.as(await world.staff("committee"));
  const mine = await world.as(resident);
  const filed: string[] = [];
  for (let n = 0; n < 4; n++) filed.push((await mine.call("POST /api/requests", { body: submission() })).ok.id);
  await mine.call("POST /api/complaints", { body: { communityId: "east", text: "没有人接" } });
  await relay.drain();
  // People and communities of tests are stored without steps. These events commit to them.
  const rows = (ids: readonly string[]) =>
    connection
      .collection<LogRow>("service_log")
      .find({ _id: { $in: [...ids] } })
      .toArray();
  for (const source of coreOutboxes) {
    const collection = collectionNamed(connection, source.collection);
    await recordStates(source, { collection, rows }, { why: "demo", at: deps.clock.now() }, { write: true });
  }
  await relay.drain();
  const earlier = await earlierStates(connection);
  for (const id of filed)
    await mine.call("POST /api/requests/:id/withdraw", { params: { id }, body: { reason: "不用了" } });
  const complaint = (await deps.complaints.list({ userIds: [resident.id] }, undefined, 1)).items[0];
  await clerk.call("POST /api/complaints/:id/answer", {
    params: { id: complaint?.id ?? "" },
    body: { text: "已经安排" },
  });
  await relay.drain();
  await refreshRollups(deps);
  const verify = async (): Promise<readonly LogFault[]> =>
    (await verifyLog(deps.store, deps.keys, anchors, {}, { derived: moduleDerivedFaults(deps) })).faults;
  return {
    connection,
    verify,
    earlier,
    async stop() {
      await stop();
      await connection.close();
    },
  };
}
