import { randomUUID } from "node:crypto";
import { pino } from "pino";
import { compose } from "../../server/compose.ts";
import { toActor } from "../../server/core/domain/accounts/user.ts";
import { createFileAnchors } from "../../server/log/anchors.ts";
import { createMemoryErasures } from "../../server/operations/erasure-notes.ts";
import { loadKeys } from "../../server/adapters/keys/keys.ts";
import { createDevelopmentSms } from "../../server/adapters/sms/sms.ts";
import { connect } from "../../server/core/store/connection.ts";
import { submitRequest } from "../../server/core/usecases/requests/submit-request.ts";
import { takeStep } from "../../server/core/usecases/requests/take-step.ts";

/**
 * A server process without HTTP, for tests that kill it. It files and claims requests as fast as possible while its
 * relay
 * runs, and prints the id of each acknowledged step. Arguments: uri, database, folder, resident's id, cadre's id.
 */
const [uri = "", database = "", folder = "", residentId = "", cadreId = ""] = process.argv.slice(2);
const log = pino({ level: "silent" });
const { deps, relay } = await compose({
  connection: await connect(uri, database),
  keys: await loadKeys(`${folder}/keys.json`),
  wechat: { baseUrl: "http://127.0.0.1:1", appId: "none", secret: "none" },
  publicUrl: () => "",
  sms: createDevelopmentSms(log),
  anchors: createFileAnchors(`${folder}/anchors.json`),
  erasureNotes: createMemoryErasures(),
  log,
  demo: false,
  holder: randomUUID(),
});
relay.start();

const user = async (id: string) => {
  const found = await deps.store.users.find(id);
  if (!found) throw new Error(`no user ${id}`);
  return toActor(found);
};
const [resident, cadre] = [await user(residentId), await user(cadreId)];
for (;;) {
  const request = await submitRequest(
    deps,
    { actor: resident, idempotency: null },
    { communityId: "east", serviceCode: "parcel", description: "代取包裹", answers: {}, fileIds: [] },
  );
  console.log(`${request.id}:1`);
  await takeStep(deps, { actor: cadre, idempotency: null }, request.id, "claim", {});
  console.log(`${request.id}:2`);
}
