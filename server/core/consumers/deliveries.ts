import { declarations } from "../../../contract/events.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { LogRow } from "../../log/store/log-row.ts";
import { isRecent, messagesOf } from "../domain/notify/messages.ts";
import type { Request } from "../domain/requests/request.ts";
import type { Delivery } from "../store/notify/deliveries.ts";
import type { Store } from "../store/store.ts";
import { readRow } from "../../log/read-row.ts";
import type { Consumer } from "../../log/consumer.ts";
import { memoizeAsync } from "../../log/memoize-async.ts";

/** The consumer's name. */
export const DELIVERIES = "deliveries";

/**
 * The messages that the event catalogue declares for an event type. The family member who filed a request gets the
 * resident's messages, too.
 */
const messageRows = (type: string) => declarations[type]?.messages ?? [];

/** Queues the messages outside the app that an event causes, each once. The sender job sends them. */
export function deliveriesConsumer({ store, clock, queued }: { store: Store; clock: Clock; queued: () => void }): Consumer {
  /** Data that several rows need, loaded once for all of them. */
  function surroundings(now: Date) {
    return {
      now,
      onDuty: memoizeAsync(async (communityId: string) => (await store.users.onDuty(communityId, now)).map(({ id }) => id)),
      committee: memoizeAsync((communityId: string) => store.users.holders("committee", communityId)),
    };
  }

  async function deliveriesOf(
    row: LogRow,
    request: Request | undefined,
    { now, onDuty, committee }: ReturnType<typeof surroundings>,
  ): Promise<Delivery[]> {
    if (!request) return [];
    const { residentId, handlerId, previousHandlerId, filerId = null } = row;
    const subjects = { residentId, handlerId, previousHandlerId, filerId, cadreIds: row.cadreIds };
    const { actor, data } = readRow(row);
    return messagesOf({
      rows: messageRows(row.type),
      id: row._id,
      event: { type: row.type, actor, subjects, data },
      urgency: request.urgency,
      onDuty: await onDuty(row.communityId),
      committee: await committee(row.communityId),
      now,
    }).map(({ id, ...message }) => ({
      _id: id,
      ...message,
      communityId: row.communityId,
      requestId: row.requestId,
      type: row.type,
      at: row.at,
      state: "queued",
      reason: null,
      attempt: 0,
      reservedAt: null,
      settledAt: null,
    }));
  }

  return {
    name: DELIVERIES,
    async consume(rows) {
      const now = clock.now();
      const fresh = rows.filter(({ type, at }) => messageRows(type).length > 0 && isRecent(at, now));
      if (!fresh.length) return;
      const ids = new Set(fresh.flatMap(({ requestId }) => requestId ?? []));
      const requests = new Map((await store.requests.findMany([...ids])).map((request) => [request.id, request]));
      const around = surroundings(now);
      const made = await Promise.all(fresh.map((row) => deliveriesOf(row, requests.get(row.requestId ?? ""), around)));
      const all = made.flat();
      await store.deliveries.add(all);
      if (all.length) queued();
    },
  };
} // prettier-ignore
