import { z } from "zod";
import { Instant } from "./common.ts";

/** The fields of a request that concern the callback after a bad rating. */
export const callbackFields = {
  callback: z
    .object({
      why: z.enum(["unsolved", "low-score"]),
      dueBy: Instant,
      attempts: z.number().int().describe("calls at which nobody was reached"),
      made: z
        .object({ at: Instant, byName: z.string(), answer: z.enum(["satisfied", "unsatisfied"]), text: z.string() })
        .nullable()
        .describe("null: somebody still has to call"),
    })
    .nullable()
    .describe("for the committee and the subdistrict: the callback (回访) that the last rating called for"),
  unitHead: z.string().nullable().describe("the head of the unit, named on it when it was to be done again (重办)"),
};
