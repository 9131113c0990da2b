import type { ModuleSample } from "../../support/module-sample.ts";
import { phone, piiText } from "../../support/pii-words.ts";

export const sample: ModuleSample = {
  async write({ did, clerk }) {
    for (const clearFor of [piiText, undefined]) {
      for (const format of ["csv", "xlsx"] as const) {
        for (const kind of ["requests", "log"] as const) {
          const wish = { communityId: "xiziwan", kind, format, ...(clearFor ? { clearFor } : {}) };
          const q = kind === "log" ? { q: phone } : {};
          did(await clerk.call("POST /api/exports", { body: { ...wish, ...q } }));
        }
      }
    }
  },
};
