import type { ModuleSample } from "../../support/module-sample.ts";

export const sample: ModuleSample = {
  async write({ did, clerk }) {
    const query = { communityId: "xiziwan", from: "2026-02-20", to: "2026-03-02" };
    did(await clerk.call("GET /api/figures", { query }));
  },
};
