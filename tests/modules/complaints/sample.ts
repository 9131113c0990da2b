import type { ModuleSample } from "../../support/module-sample.ts";
import { piiText } from "../../support/pii-words.ts";

export const sample: ModuleSample = {
  async write({ did, resident, clerk }) {
    const body = { communityId: "xiziwan", text: piiText };
    const { id } = did(await resident.call("POST /api/complaints", { body })).ok;
    did(await clerk.call("POST /api/complaints/:id/answer", { params: { id }, body: { text: piiText } }));
  },
  echoes: { "POST /api/complaints": (sent, got) => [[sent["text"], got["text"]]] },
};
