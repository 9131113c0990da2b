import type { Asking } from "../../../kernel/command.ts";
import { attachPhotos } from "../files/attach-photos.ts";
import { refuse } from "../../../kernel/errors.ts";
import { assertMayRead } from "../../domain/requests/policy.ts";
import type { Request } from "../../domain/requests/request.ts";
import { decide } from "../../domain/requests/request-lifecycle.ts";
import type { Uses } from "../../ports.ts";
import { idOfIntent, newId } from "../../../kernel/ids.ts";
import { checkWords, marked } from "./check-words.ts";
import { wasDone } from "../../../kernel/idempotency.ts";
import { termsOf } from "./take-step.ts";

/**
 * Adds a message between resident and handler, or a note, as a document of its own beside the request, with its event. Returns
 * the request, which it does not change. Throws as `takeStep` does, and what attaching photos throws.
 */
export async function sendMessage(
  deps: Uses<"clock" | "files" | "holidays" | "keys" | "kick" | "log" | "publicUrl" | "store" | "wechat" | "words">,
  { actor, intent }: Asking,
  requestId: string,
  kind: "message" | "note" | "internal",
  { text, fileIds = [] }: { text: string; fileIds?: readonly string[] },
): Promise<Request> {
  const loaded = await deps.store.requests.load(requestId);
  if (!loaded) refuse("request.unknown");
  const { request } = loaded;
  assertMayRead(actor, request);

  const id = intent ? idOfIntent(`message:${requestId}:${intent.key}`) : newId();
  const before = intent && (await deps.store.messages.intentOf(id));
  if (before && wasDone(intent, [before])) return request;

  const now = deps.clock.now();
  const context = { actor, now, ...(await termsOf(deps, request)) };
  const { event } =
    kind === "message"
      ? decide(request, "message", { text, fileIds, messageId: id }, context)
      : decide(request, kind === "note" ? "note" : "internal-note", { text, messageId: id }, context);
  const mark = await checkWords(deps, actor, { text });
  await attachPhotos(deps, fileIds, actor.ids, { kind: "message", id });
  const inserted = await deps.store.messages.insert(
    { id, requestId, kind, at: now, author: event.actor, text, fileIds },
    { ...marked(event, mark), version: 1 },
    intent,
  );
  if (inserted) deps.kick(request.communityId);
  else wasDone(intent, [(await deps.store.messages.intentOf(id)) ?? refuse("write.contended")]);
  return request;
}
