import type { Condition, Refusal } from "../../../kernel/lifecycle.ts";
import { callbackDue } from "./callback.ts";
import { roomToFollow } from "./follow.ts";
import { ratingOpen } from "./rating.ts";
import type { Request } from "./request.ts";
import { returnsLeft } from "./returns.ts";

/** Enough for any request; the list is in the request. */
const MOST_OPEN_TASKS = 10;

/** A step that the request's state, or what has become of it, does not allow. */
export const stateConflict: Refusal<Request> = {
  refusal: "request.state_conflict",
  params: ({ status }, action) => ({ action, status }),
};

const needs = (holds: Condition<Request>["holds"]): Condition<Request> => ({ holds, ...stateConflict });

/** What a step of the table needs of the request besides its state, and how it is refused without. */
export const conditions = {
  "returns left": { holds: returnsLeft, refusal: "request.returns_used" },
  "consent asked": needs(({ filedBy }) => filedBy?.consent?.state === "asked"),
  "consent given": needs(({ filedBy }) => filedBy?.consent?.state === "given"),
  "room to follow": needs(roomToFollow),
  "no offer": needs(({ offer }) => offer === null),
  offered: needs(({ offer }) => offer !== null),
  "no transfer": needs(({ transfer }) => transfer === null),
  "transfer asked": needs(({ transfer }) => transfer !== null),
  // Sub-tasks are of organizations of the community that has it. Whoever takes it over does not see them, and is not told of them.
  "no task left behind": needs(({ openTasks }) => openTasks.length === 0),
  "no plea": needs(({ plea }) => plea === null),
  "extension asked": needs(({ plea }) => plea?.kind === "extension"),
  "suspension asked": needs(({ plea }) => plea?.kind === "suspension"),
  "rating open": needs(ratingOpen),
  "no task open": {
    holds: ({ openTasks }) => openTasks.length === 0,
    refusal: "request.tasks_open",
    params: ({ openTasks }) => ({ open: openTasks.length }),
  },
  "room for a task": needs(({ openTasks }) => openTasks.length < MOST_OPEN_TASKS),
  "callback due": needs(callbackDue),
  "task open": needs(({ openTasks }) => openTasks.length > 0),
} as const satisfies Record<string, Condition<Request>>;
