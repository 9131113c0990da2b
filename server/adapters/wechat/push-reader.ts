import { createHash } from "node:crypto";
import { XMLParser } from "fast-xml-parser";
import { z } from "zod";
import { type PushSecrets, decryptPush, isPushSignature } from "./push-crypto.ts";
import type { Verdict } from "./wechat.ts";

/** A template in a subscribe event: the user's choice in the popup or in the settings, or the result of a delivery. */
export interface SubscribeItem {
  templateId: string;
  /** The user's choice, such as `accept` or `reject`; null in a `sent` event. */
  status: string | null;
  /** In a `sent` event: `success`, or why the message was not delivered. */
  errorStatus: string | null;
  msgId: string | null;
}

/**
 * An event that WeChat pushed. `id` is the same when WeChat pushes the event again, so that handlers can be idempotent.
 * A null verdict means that WeChat could not fetch the photo.
 */
export type PushEvent =
  | { type: "wxa_media_check"; id: string; traceId: string; verdict: Verdict | null }
  | { type: SubscribeEventType; id: string; openid: string; items: SubscribeItem[] };

export const subscribeEvents = [
  "subscribe_msg_popup_event",
  "subscribe_msg_change_event",
  "subscribe_msg_sent_event",
] as const;
export type SubscribeEventType = (typeof subscribeEvents)[number];

/** The query of a push request. */
export type PushQuery = Readonly<Record<string, string | string[] | undefined>>;

/** Reads requests to the push endpoint. */
export interface PushReader {
  /** Whether the query is signed with our token. */
  isSigned(query: PushQuery): boolean;
  /**
   * The event in a body, which may be JSON or XML, plain or encrypted. `forged`: not from WeChat, or malformed; null:
   * an event of an unknown type.
   */
  read(query: PushQuery, body: string): PushEvent | "forged" | null;
}

const xml = new XMLParser({ parseTagValue: false, ignoreAttributes: true, processEntities: false });

const text = z.coerce.string();
const Item = z.object({
  TemplateId: text,
  SubscribeStatusString: text.optional(),
  ErrorStatus: text.optional(),
  MsgID: text.optional(),
});
/** WeChat sends a list with one item as the item itself. */
const List = z.union([z.array(Item), Item.transform((item) => [item])]);
const Subscribe = z.object({ Event: z.enum(subscribeEvents), FromUserName: text, CreateTime: text, List });
const Media = z.object({
  Event: z.literal("wxa_media_check"),
  trace_id: text,
  result: z.object({ suggest: z.enum(["pass", "review", "risky"]) }).optional(),
});
/** In XML the list is inside an element named after the event. */
const wrappers = ["SubscribeMsgPopupEvent", "SubscribeMsgChangeEvent", "SubscribeMsgSentEvent"] as const;
const Wrapped = z.looseObject({ List: z.unknown() });

function parse(body: string): Record<string, unknown> | null {
  try {
    const parsed = body.trimStart().startsWith("<") ? (xml.parse(body) as { xml?: unknown }).xml : JSON.parse(body);
    return typeof parsed === "object" && parsed !== null ? (parsed as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

const hash = (...parts: unknown[]): string => createHash("sha256").update(JSON.stringify(parts)).digest("hex");

function eventOf(message: Record<string, unknown>): PushEvent | null {
  const media = Media.safeParse(message);
  if (media.success) {
    const { trace_id: traceId, result } = media.data;
    return { type: "wxa_media_check", id: hash(traceId), traceId, verdict: result?.suggest ?? null };
  }
  const wrapped = wrappers.map((name) => Wrapped.safeParse(message[name])).find(({ success }) => success);
  const subscribe = Subscribe.safeParse({ ...message, ...wrapped?.data });
  if (!subscribe.success) return null;
  const { Event, FromUserName: openid, CreateTime, List: list } = subscribe.data;
  const items = list.map(({ TemplateId, SubscribeStatusString, ErrorStatus, MsgID }) => ({
    templateId: TemplateId,
    status: SubscribeStatusString ?? null,
    errorStatus: ErrorStatus ?? null,
    msgId: MsgID ?? null,
  }));
  return { type: Event, id: hash(Event, openid, CreateTime, items), openid, items };
}

/**
 * Creates a reader. With an AES key, only encrypted bodies are accepted, since only they prove that WeChat wrote them.
 */
export function createPushReader({ token, aesKey }: PushSecrets, appId: string): PushReader {
  const word = (query: PushQuery, name: string): string => [query[name] ?? ""].flat()[0] ?? "";
  const isSigned = (query: PushQuery): boolean =>
    isPushSignature(word(query, "signature"), token, word(query, "timestamp"), word(query, "nonce"));
  return {
    isSigned,
    read(query, body) {
      const outer = parse(body);
      if (!outer) return "forged";
      if (!aesKey) return isSigned(query) ? eventOf(outer) : "forged";
      const encrypted = outer["Encrypt"];
      if (typeof encrypted !== "string") return "forged";
      const signed = [token, word(query, "timestamp"), word(query, "nonce"), encrypted];
      if (!isPushSignature(word(query, "msg_signature"), ...signed)) return "forged";
      const inner = parse(decryptPush(aesKey, appId, encrypted) ?? "");
      return inner ? eventOf(inner) : "forged";
    },
  };
}
