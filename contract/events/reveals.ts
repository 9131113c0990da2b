import { z } from "zod";
import { defineEvent } from "./define.ts";
import { id } from "./fields.ts";
import { record } from "./stale.ts";

/**
 * Events of reveals: who looked at which datum of whom, and why, without the datum. Residents see them under
 * 谁查看过 and not in the timeline of the request.
 */
export const revealEvents = {
  "personal.revealed": defineEvent({
    label: "查看个人信息",
    about: "reveal",
    data: z.strictObject({
      field: z.enum(["phone", "home"]),
      of: z.enum(["request", "resident"]),
      requestId: id.optional(),
      reason: z.string(),
    }),
    stale: [...record, "GET /api/reveals/rate", "GET /api/me/data"],
  }),
};
