import { z } from "zod";
import { Instant } from "../common.ts";
import { Status } from "../request.ts";

/** Fields that several events have in common. */

/** The id of an aggregate or a person. */
export const id = z.string().min(1);
export const count = z.number().int().min(0);
export const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();

/** The result of the word check if it did not pass, for the staff who reply. */
export const wordMark = { words: z.enum(["review", "unchecked"]).optional() };

/** The state of the request after a step; the deadlines are null while its clocks stand still. */
const progress = { status: Status, respondBy: Instant.nullable(), resolveBy: Instant.nullable() };

/** The fields of {@link step} that the resident sees in every step of a request. */
export const progressFields = ["status", "respondBy", "resolveBy"] as const;

/** The data of a step of a request: its own fields, and the state of the request. */
export const step = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject({ ...shape, ...progress, ...wordMark });

/** An escalation: which clock, which share of its time, and when it was due. */
export const rung = {
  clock: z.enum(["respond", "resolve"]),
  rung: z.enum(["half", "most", "overdue", "supervised"]),
  dueAt: Instant,
};

/** The data of an event without fields. */
export const nothing = z.strictObject({});
