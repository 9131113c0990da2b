import { z } from "zod";
import { defineEvent } from "./define.ts";
import { id, list } from "./fields.ts";
import { record } from "./stale.ts";

/**
 * Why personal data were erased. `account_closed`: the wish of the person, who closed the account. `retention`: the end
 * of the retention period (docs/privacy.md). `earlier`: before erasures were recorded, for a reason that is not known.
 */
export const erasureRules = ["account_closed", "retention", "earlier"] as const;
export type ErasureRule = (typeof erasureRules)[number];
export const erasure = z.strictObject({ rule: z.enum(erasureRules) });

/** Events of erasures and of the commitment to states. They have no personal data and are never erased. */
export const erasureEvents = {
  "data.erased": defineEvent({
    label: "抹去个人信息",
    about: ["request", "user"],
    data: erasure,
    stale: record,
  }),
  "log.erased": defineEvent({
    label: "抹去台账正文",
    about: "log-erasure",
    data: z.strictObject({ rule: z.enum(erasureRules), positions: list(z.number().int().min(1)) }),
    stale: record,
  }),
  "state.recorded": defineEvent({
    label: "记下数据现状",
    about: "document",
    data: z.strictObject({ collection: id, why: z.enum(["created", "upgrade", "demo"]) }),
    stale: [],
  }),
};
