import { z } from "zod";
import { Instant, ServiceCode } from "../common.ts";
import { Status } from "../request.ts";
import { defineEvent } from "./define.ts";
import { count, id } from "./fields.ts";
import { record } from "./stale.ts";

const what = { kind: z.enum(["requests", "log"]), format: z.enum(["csv", "xlsx"]), clear: z.boolean() };
const Filter = z.strictObject({
  serviceCode: ServiceCode.optional(),
  cadreId: id.optional(),
  status: Status.optional(),
  open: z.boolean().optional(),
  late: z.enum(["overdue", "supervised", "plea", "callback"]).optional(),
  requestNo: z.string().optional(),
  requestId: id.optional(),
  type: z.string().optional(),
  q: z.string().optional(),
  from: Instant.optional(),
  to: Instant.optional(),
});

/** Exports: that one was asked for, and why, stands in the log before anything is read. */
export const exportEvents = {
  "export.asked": defineEvent({
    label: "导出",
    about: "export",
    data: z.strictObject({ ...what, filter: Filter, reason: z.string().nullable().describe("why in clear") }),
    stale: record,
  }),
  "export.fetched": defineEvent({
    label: "下载导出",
    about: "export",
    data: z.strictObject({ ...what, rows: count }),
    stale: record,
  }),
};
