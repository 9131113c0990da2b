import type { CommandContext } from "../../../kernel/command.ts";
import { attachPhotos } from "../files/attach-photos.ts";
import { refuse } from "../../../kernel/errors.ts";
import { assertMayRead } from "../../domain/requests/policy.ts";
import type { Request } from "../../domain/requests/request.ts";
import { decide } from "../../domain/requests/request-lifecycle.ts";
import type { Uses } from "../../ports.ts";
import { idFromKey, newId } from "../../../kernel/ids.ts";
import { checkWords, marked } from "./check-words.ts";
import { runStep } from "../../../kernel/step-runner.ts";
import { termsOf } from "./take-step.ts";

/**
 * Adds a message between resident and handler, or a note, with its event, as a document beside the request. Returns the
 * unchanged request. Throws as `takeStep` and `attachPhotos` do.
 */
export async function sendMessage(
  deps: Uses<
    | "clock"
    | "files"
    | "holidays"
    | "keys"
    | "log"
    | "modules"
    | "publicUrl"
    | "store"
    | "wakeRelay"
    | "wechat"
    | "wordCheck"
  >,
  { actor, idempotency }: CommandContext,
  requestId: string,
  kind: "message" | "note" | "internal",
  { text, fileIds = [] }: { text: string; fileIds?: readonly string[] },
): Promise<Request> {
  const { requests, messages } = deps.store;
  const id = idempotency ? idFromKey(`message:${requestId}:${idempotency.key}`) : newId();
  return runStep(idempotency, {
    async load() {
      const loaded = await requests.load(requestId);
      if (!loaded) refuse("request.unknown");
      assertMayRead(actor, loaded.request);
      const before = idempotency && (await messages.idempotencyOf(id));
      return { request: loaded.request, steps: before ? [before] : [] };
    },
    unchanged: ({ request }) => request,
    async decide({ request }) {
      const at = deps.clock.now();
      const context = { actor, now: at, ...(await termsOf(deps, request)) };
      const { event } =
        kind === "message"
          ? decide(request, "message", { text, fileIds, messageId: id }, context)
          : decide(request, kind === "note" ? "note" : "internal-note", { text, messageId: id }, context);
      const mark = await checkWords(deps, actor, { text });
      await attachPhotos(deps, fileIds, actor.ids, { kind: "message", id });
      const message = { id, requestId, kind, at, author: event.actor, text, fileIds };
      return { message, event: { ...marked(event, mark), version: 1 } };
    },
    save: async ({ message, event }, { request }) =>
      (await messages.insert(message, event, idempotency)) ? request : null,
    wakeRelay: ({ event }) => deps.wakeRelay(event.communityId),
  });
}
