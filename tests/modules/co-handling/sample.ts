import type { ModuleSample } from "../../support/module-sample.ts";
import { piiText } from "../../support/pii-words.ts";

export const sample: ModuleSample = {
  async write({ world, did, cadre, requestId }) {
    const partner = await world.api("石磊");
    const body = { organization: "安居物业", text: piiText, hours: 4 };
    did(await cadre.call("POST /api/requests/:id/ask-organization", { params: { id: requestId }, body }));
    const [task] = (await partner.call("GET /api/co-tasks", { query: {} })).ok.items;
    const ofTask = { params: { id: task?.id ?? "" } };
    did(await partner.call("POST /api/co-tasks/:id/accept", ofTask));
    did(await partner.call("POST /api/co-tasks/:id/progress", { ...ofTask, body: { text: piiText } }));
    did(await partner.call("POST /api/co-tasks/:id/finish", { ...ofTask, body: { result: piiText } }));
  },
};
