import type { PushEvent } from "../../../adapters/wechat/push-reader.ts";
import { recordPushedAnswers } from "./record-pushed-answers.ts";
import { receiveVerdict } from "../files/check-photos.ts";

/** The ports of all handlers. */
type Named = Parameters<typeof receiveVerdict>[0] & Parameters<typeof recordPushedAnswers>[0];

type Handler<T extends PushEvent["type"]> = (deps: Named, event: Extract<PushEvent, { type: T }>) => Promise<void>;

/** The handler of each event type. A handler may get an event again; its effects are idempotent by the event's id. */
const handlers: { [T in PushEvent["type"]]?: Handler<T> } = {
  wxa_media_check: (deps, { traceId, verdict }) => receiveVerdict(deps, traceId, verdict),
  subscribe_msg_popup_event: (deps, event) => recordPushedAnswers(deps, event, { accept: "accept", ban: "ban" }),
  subscribe_msg_change_event: (deps, event) => recordPushedAnswers(deps, event, { reject: "withdraw" }),
};

/** Handles an event that WeChat has pushed. */
export async function receivePush(deps: Named, event: PushEvent): Promise<void> {
  const handler = handlers[event.type] as ((deps: Named, event: PushEvent) => Promise<void>) | undefined;
  await handler?.(deps, event);
}
