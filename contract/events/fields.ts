import { z } from "zod";
import { Instant } from "../common.ts";
import { Status } from "../request.ts";

/** Fields that several events have in common. */

/** Of an aggregate or a person. */
export const id = z.string().min(1);
export const count = z.number().int().min(0);
export const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();

/** What the check of somebody's words left open: for the staff who have to answer them. */
export const wordMark = { words: z.enum(["review", "unchecked"]).optional() };

/** How far the request is after a step of it; no deadlines while its clocks stand still. */
const progress = { status: Status, respondBy: Instant.nullable(), resolveBy: Instant.nullable() };

/** The fields of every step of a request that its resident sees. */
export const progressFields = ["status", "respondBy", "resolveBy"] as const;

/** The data of a step of a request: what it tells besides how far the request is. */
export const step = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject({ ...shape, ...progress, ...wordMark });

/** An escalation that was reached: which clock, which share of its time, and when it was due. */
export const rung = {
  clock: z.enum(["respond", "resolve"]),
  rung: z.enum(["half", "most", "overdue", "supervised"]),
  dueAt: Instant,
};

/** An event that says all by having happened. */
export const nothing = z.strictObject({});
