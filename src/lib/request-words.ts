import type { Request } from "../../contract/index.ts";
import type { IconName } from "../components/icon";
import { words } from "../i18n";
import { sayMoment, sayUntil } from "../i18n/time-words";

export type Tone = "good" | "wait" | "bad" | "calm";

interface Look {
  icon: IconName;
  tone: Tone;
}

const looks: Record<Request["status"], Look> = {
  queued: { icon: "clock", tone: "wait" },
  claimed: { icon: "person", tone: "good" },
  handling: { icon: "person", tone: "good" },
  waiting: { icon: "question", tone: "wait" },
  suspended: { icon: "clock", tone: "wait" },
  resolved: { icon: "check", tone: "good" },
  closed: { icon: "check", tone: "calm" },
  withdrawn: { icon: "back", tone: "calm" },
  rejected: { icon: "close", tone: "calm" },
};

/** A request's state as word, icon and colour. */
export function stateOf(request: Pick<Request, "status" | "resident" | "filedBy">): Look & { word: string } {
  const { word, yours } = words.request.states[request.status];
  return { ...looks[request.status], word: request.resident.mine || request.filedBy?.mine ? yours : word };
}

/** The next thing that will happen and when, for the resident. */
export function nextOf(request: Request, now: Date): string {
  const say = words.request.next;
  if (request.progressOnly) return say.followed;
  const name = request.handler?.name ?? say.someone;
  const due = (at: string | null): Date | null => (at === null ? null : new Date(at));
  // oxlint-disable-next-line folders/no-status-question -- a sentence for each state, no decision
  switch (request.status) {
    case "queued": {
      if (request.reworkCount > 0) return say.rework;
      const by = due(request.respondBy);
      if (by === null) return say.queued;
      return by < now ? say.queuedLate : say.queuedBy(sayUntil(by, now));
    }
    case "claimed":
      return say.claimed(name);
    case "handling": {
      const by = due(request.resolveBy);
      if (by === null) return say.handling(name);
      return by < now ? say.handlingLate(name) : say.handlingBy(name, sayMoment(by, now));
    }
    default:
      return say[request.status];
  }
}

/** The server's placeholder for a unit or room that the reader may not see. */
const MASK = "*";

/** The running deadline: until the first contact that of the response, then that of the result. Null when none runs. */
export function deadlineOf(request: Request): { kind: "respond" | "resolve"; by: Date } | null {
  const kind = request.firstContactAt === null ? "respond" : "resolve";
  const by = kind === "respond" ? request.respondBy : request.resolveBy;
  const ended = request.resolvedAt !== null || request.closedAt !== null;
  return by === null || ended ? null : { kind, by: new Date(by) };
}

/** A place in one line: 3号楼 2单元 602; masked: 3号楼 **. */
export function placeOf({ building, unit, room }: Request["place"]): string {
  if (unit === MASK && room === MASK) return `${building} **`;
  return [building, unit, room].filter((part) => part !== "").join(" ");
}
