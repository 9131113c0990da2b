import { callbackDue } from "./callback.ts";
import { roomToFollow } from "./follow.ts";
import { ratingOpen } from "./rating.ts";
import type { Request } from "./request.ts";
import { returnsLeft } from "./returns.ts";

/** Enough for any request; the list is in the request. */
const MOST_OPEN_TASKS = 10;

/** What a step of the table needs of the request besides its state. */
export const conditions = {
  "returns left": returnsLeft,
  "consent asked": ({ filedBy }) => filedBy?.consent?.state === "asked",
  "consent given": ({ filedBy }) => filedBy?.consent?.state === "given",
  "room to follow": roomToFollow,
  "no offer": ({ offer }) => offer === null,
  offered: ({ offer }) => offer !== null,
  "no transfer": ({ transfer }) => transfer === null,
  "transfer asked": ({ transfer }) => transfer !== null,
  // Sub-tasks are of organizations of the community that has it.
  "transfer asked, no task open": ({ transfer, openTasks }) => transfer !== null && openTasks.length === 0,
  "no plea": ({ plea }) => plea === null,
  "extension asked": ({ plea }) => plea?.kind === "extension",
  "suspension asked": ({ plea }) => plea?.kind === "suspension",
  "rating open": ratingOpen,
  "no task open": ({ openTasks }) => openTasks.length === 0,
  "room for a task": ({ openTasks }) => openTasks.length < MOST_OPEN_TASKS,
  "callback due": callbackDue,
  "task open": ({ openTasks }) => openTasks.length > 0,
} as const satisfies Record<string, (request: Request, now: Date) => boolean>;
