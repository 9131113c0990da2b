import { makesMessages, messagesOf } from "../domain/messages.ts";
import type { Clock } from "../ports.ts";
import type { Delivery } from "../store/deliveries.ts";
import type { LogRow } from "../store/log.ts";
import type { Store } from "../store/store.ts";
import { readRow } from "../usecases/log/read-row.ts";
import type { Consumer } from "./consumer.ts";

/** News older than this is for the inbox only, ms: after a long outage nobody is flooded with yesterday's. */
const STALE_MS = 12 * 3_600_000;

/** Queues the messages outside the app that an event makes, each once; a sender sends them. */
export function deliveriesConsumer({ store, clock, queued }: { store: Store; clock: Clock; queued: () => void }): Consumer {
  async function deliveriesOf(row: LogRow, now: Date): Promise<Delivery[]> {
    const loaded = row.requestId ? await store.requests.load(row.requestId) : null;
    if (!loaded) return [];
    const { request } = loaded;
    const onDuty = await store.users.onDuty(row.communityId, now);
    const { residentId, handlerId, previousHandlerId, filerId = null } = row;
    const subjects = { residentId, handlerId, previousHandlerId, filerId, cadreIds: row.cadreIds };
    const { actor, data } = readRow(row);
    return messagesOf({
      id: row._id,
      event: { type: row.type, actor, subjects, data },
      urgency: request.urgency,
      onDuty: onDuty.map(({ id }) => id),
      committee: await store.users.holders("committee", row.communityId),
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
    name: "deliveries",
    async consume(rows) {
      const now = clock.now();
      const fresh = rows.filter(({ type, at }) => makesMessages(type) && now.getTime() - at.getTime() < STALE_MS);
      const made = (await Promise.all(fresh.map((row) => deliveriesOf(row, now)))).flat();
      await store.deliveries.add(made);
      if (made.length) queued();
    },
  };
} // prettier-ignore
