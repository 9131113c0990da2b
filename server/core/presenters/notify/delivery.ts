import type { Delivery as DeliveryReply } from "../../../../contract/index.ts";
import type { Request } from "../../domain/requests/request.ts";
import type { Delivery } from "../../store/notify/deliveries.ts";
import type { StoredNotice } from "../../store/notify/notices.ts";
import { instant, instantOrNull } from "../time.ts";

/** The messages of a request of all channels, in order of time. */
export function presentDeliveries(
  request: Request,
  deliveries: readonly Delivery[],
  notices: readonly StoredNotice[],
): DeliveryReply[] {
  const outside = deliveries.map(({ _id, at, type, channel, to, state, reason, notBefore, settledAt }) => ({
    id: _id,
    at: instant(at),
    type,
    channel,
    to,
    state,
    reason,
    notBefore: state === "queued" ? instant(notBefore) : null,
    settledAt: instantOrNull(settledAt),
  }));
  const residents = [request.residentId, request.party.filedBy?.id];
  const inbox = notices.map(({ _id, at, type, userId, readAt }) => ({
    id: `${_id}:inbox`,
    at: instant(at),
    type,
    channel: "inbox" as const,
    to: residents.includes(userId) ? ("resident" as const) : ("staff" as const),
    state: readAt ? ("read" as const) : ("sent" as const),
    reason: null,
    notBefore: null,
    settledAt: instantOrNull(readAt),
  }));
  return [...outside, ...inbox].toSorted((a, b) => a.at.localeCompare(b.at) || a.id.localeCompare(b.id));
}
