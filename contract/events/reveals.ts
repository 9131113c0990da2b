import { z } from "zod";
import { defineEvent } from "./define.ts";
import { id } from "./fields.ts";
import { record } from "./stale.ts";

/**
 * Who looked at what of whom, and why; never the datum. The resident reads it under 谁查看过, not in the request's
 * story.
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
