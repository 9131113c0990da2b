import type { Delivery } from "../../contract/index.ts";
import { zh } from "../i18n/zh.ts";
import { clockTime } from "./time.ts";

const tones: Readonly<Record<Delivery["state"], string>> = {
  queued: "muted",
  reserved: "muted",
  sent: "good",
  read: "good",
  refused: "muted",
  failed: "bad",
  unknown: "wait",
  skipped: "muted",
};

/** The state of a delivery as a word and a colour. For a skipped one the word is the reason. */
export function deliveryState({
  channel,
  state,
  reason,
  notBefore,
}: Pick<Delivery, "channel" | "state" | "reason" | "notBefore">): {
  words: string;
  tone: string;
} {
  const tone = tones[state];
  if (state === "skipped") return { words: zh.deliveries.reason[reason ?? ""] ?? zh.deliveries.state.skipped, tone };
  if (state === "queued" && notBefore) return { words: zh.deliveries.queued(clockTime(new Date(notBefore))), tone };
  if (state === "sent" && channel === "inbox") return { words: zh.deliveries.unread, tone: "muted" };
  return { words: zh.deliveries.state[state], tone };
}
