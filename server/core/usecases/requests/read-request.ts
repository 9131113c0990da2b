import type { Actor } from "../../../kernel/actor.ts";
import { refuse } from "../../../kernel/errors.ts";
import type { EventRecord } from "../../../kernel/event.ts";
import { readRow } from "../../../log/read-row.ts";
import type { Service } from "../../domain/community/community.ts";
import { assertMayRead } from "../../domain/requests/policy.ts";
import type { Request } from "../../domain/requests/request.ts";
import { isMirrorEvent } from "../../domain/requests/transfer.ts";
import type { Uses } from "../../ports.ts";
import type { StoredMessage } from "../../store/requests/messages.ts";
import { termsOf } from "./take-step.ts";

/** An event in a request's timeline. */
export interface TimelineEvent {
  id: string;
  at: Date;
  type: string;
  actor: { id: string; role: string; name: string };
  data: Readonly<Record<string, unknown>>;
}

/** A request with its service as filed, its timeline and its messages. */
export interface RequestWithHistory {
  request: Request;
  service: Service;
  timeline: TimelineEvent[];
  messages: StoredMessage[];
}

/**
 * A request with its timeline and messages. The timeline is the log plus the events that are still in the outboxes, so
 * that everybody reads their own writes. Throws `request.unknown`.
 */
export async function readRequest(
  deps: Uses<"holidays" | "store">,
  actor: Actor,
  requestId: string,
): Promise<RequestWithHistory> {
  // The outboxes are read first: an event that leaves one meanwhile is in the log by then.
  const loaded = await deps.store.requests.load(requestId);
  if (!loaded) refuse("request.unknown");
  const { request, outbox } = loaded;
  assertMayRead(actor, request);
  const { messages, pending } = await deps.store.messages.ofRequest(requestId);
  const rows = await deps.store.log.ofRequest(requestId);

  // Mirror events are left out, since the timeline has the original events.
  const timeline = rows
    .filter(({ type }) => !isMirrorEvent(type))
    .map((row) => ({ ...readRow(row), turn: turnOf(row) }));
  const known = new Set(timeline.map(({ id }) => id));
  const waiting = [...outbox.map((event) => ({ id: `${requestId}:${event.version}`, event })), ...pending];
  for (const { id, event } of waiting)
    if (!known.has(id) && !isMirrorEvent(event.type)) timeline.push({ ...shown(id, event), turn: turnOf(event) });
  timeline.sort((a, b) => a.at.getTime() - b.at.getTime() || a.turn - b.turn);

  const { service } = await termsOf(deps, request);
  return { request, service, timeline: timeline.map(({ turn: _turn, ...event }) => event), messages };

  /**
   * The order of events with the same time. Positions are comparable within one log only, so the earlier community's
   * event comes first.
   */
  function turnOf({ communityId }: { communityId: string }): number {
    return [...request.transfer.formerCommunityIds, request.communityId].indexOf(communityId);
  }
}

const shown = (id: string, { at, type, actor, data }: EventRecord): TimelineEvent => ({ id, at, type, actor, data });
