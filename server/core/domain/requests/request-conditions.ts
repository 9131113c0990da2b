import type { Condition, Refusal } from "../../../kernel/lifecycle.ts";
import { callbackDue } from "./callback.ts";
import { hasRoomForFollower } from "./follow.ts";
import { ratingOpen } from "./rating.ts";
import type { Request } from "./request.ts";
import { hasReturnsLeft } from "./returns.ts";

/** The maximal number of open co-handling tasks. Their ids are embedded in the request. */
const MAX_OPEN_TASKS = 10;

/** The refusal of a step that the request's current state does not allow. */
export const stateConflict: Refusal<Request> = {
  refusal: "request.state_conflict",
  params: ({ status }, action) => ({ action, status }),
};

const needs = (holds: Condition<Request>["holds"]): Condition<Request> => ({ holds, ...stateConflict });

/** The conditions in the transition table besides the state, each with its refusal. */
export const conditions = {
  "returns left": { holds: hasReturnsLeft, refusal: "request.returns_used" },
  "consent asked": needs(({ party: { filedBy } }) => filedBy?.consent?.state === "asked"),
  "consent given": needs(({ party: { filedBy } }) => filedBy?.consent?.state === "given"),
  "room to follow": needs(hasRoomForFollower),
  "no offer": needs(({ dispatch: { offer } }) => offer === null),
  offered: needs(({ dispatch: { offer } }) => offer !== null),
  "no transfer": needs(({ transfer: { pending } }) => pending === null),
  "transfer asked": needs(({ transfer: { pending } }) => pending !== null),
  // Co-handling tasks belong to organizations of the current community. The community that takes the request over does
  // not see them and is not notified of them.
  "no task left behind": needs(({ handling: { openTasks } }) => openTasks.length === 0),
  "no time request": needs(({ clocks: { timeRequest } }) => timeRequest === null),
  "extension asked": needs(({ clocks: { timeRequest } }) => timeRequest?.kind === "extension"),
  "suspension asked": needs(({ clocks: { timeRequest } }) => timeRequest?.kind === "suspension"),
  "rating open": needs(ratingOpen),
  "no task open": {
    holds: ({ handling: { openTasks } }) => openTasks.length === 0,
    refusal: "request.tasks_open",
    params: ({ handling: { openTasks } }) => ({ open: openTasks.length }),
  },
  "room for a task": needs(({ handling: { openTasks } }) => openTasks.length < MAX_OPEN_TASKS),
  "callback due": needs(callbackDue),
  "task open": needs(({ handling: { openTasks } }) => openTasks.length > 0),
} as const satisfies Record<string, Condition<Request>>;
