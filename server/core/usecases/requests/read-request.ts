import type { Actor } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { EventRecord } from "../../../kernel/event.ts";
import { readRow } from "../../../log/read-row.ts";
import type { CoTask } from "../../../modules/co-handling/domain/co-task.ts";
import type { Service } from "../../domain/community/community.ts";
import { assertMayRead } from "../../domain/requests/policy.ts";
import type { Request } from "../../domain/requests/request.ts";
import { isMirrorEvent } from "../../domain/requests/transfer.ts";
import type { Uses } from "../../ports.ts";
import type { StoredMessage } from "../../store/requests/messages.ts";
import { termsOf } from "./take-step.ts";

/** An event as a timeline shows it. */
export interface TimelineEvent {
  id: string;
  at: Date;
  type: string;
  actor: { id: string; role: string; name: string };
  data: Readonly<Record<string, unknown>>;
}

export interface RequestWithHistory {
  request: Request;
  service: Service;
  timeline: TimelineEvent[];
  messages: StoredMessage[];
  /** Parts of it that organizations were asked to do. */
  tasks: CoTask[];
}

/**
 * A request as {@link readHistory} reads it, and marks the reader's notices about it as read. Throws
 * `request.unknown`.
 */
export async function readRequest(
  deps: Uses<"clock" | "holidays" | "store">,
  actor: Actor,
  requestId: string,
): Promise<RequestWithHistory> {
  const read = await readHistory(deps, actor, requestId);
  await deps.store.notices.markRead(actor.ids, { requestId }, deps.clock.now());
  return read;
}

/**
 * A request with its timeline and messages. The timeline is the log plus what the outboxes still hold, so that
 * everybody reads their own writes. Throws `request.unknown`.
 */
export async function readHistory(
  deps: Uses<"holidays" | "store">,
  actor: Actor,
  requestId: string,
): Promise<RequestWithHistory> {
  // The outboxes first: what leaves them meanwhile is in the log by then.
  const loaded = await deps.store.requests.load(requestId);
  if (!loaded) refuse("request.unknown");
  const { request, outbox } = loaded;
  assertMayRead(actor, request);
  const { messages, pending } = await deps.store.messages.ofRequest(requestId);
  const rows = await deps.store.log.ofRequest(requestId);

  // What another community's log was told stands here already.
  const timeline = rows
    .filter(({ type }) => !isMirrorEvent(type))
    .map((row) => ({ ...readRow(row), turn: turnOf(row) }));
  const known = new Set(timeline.map(({ id }) => id));
  const waiting = [...outbox.map((event) => ({ id: `${requestId}:${event.version}`, event })), ...pending];
  for (const { id, event } of waiting)
    if (!known.has(id) && !isMirrorEvent(event.type)) timeline.push({ ...shown(id, event), turn: turnOf(event) });
  timeline.sort((a, b) => a.at.getTime() - b.at.getTime() || a.turn - b.turn);

  const { service } = await termsOf(deps, request);
  const tasks = await deps.store.coTasks.ofRequest(requestId);
  return { request, service, timeline: timeline.map(({ turn: _turn, ...event }) => event), messages, tasks };

  /** Positions are of one log each: what happened in the same moment, the community that had it before tells first. */
  function turnOf({ communityId }: { communityId: string }): number {
    return [...request.formerIds, request.communityId].indexOf(communityId);
  }
}

const shown = (id: string, { at, type, actor, data }: EventRecord): TimelineEvent => ({ id, at, type, actor, data });
