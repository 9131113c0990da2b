import { expect, it } from "vitest";
import type { Delivery } from "../../contract/index.ts";
import { deliveryState } from "../../console/lib/delivery-words.ts";

const said = (over: Partial<Delivery>): string =>
  deliveryState({ channel: "wechat", state: "sent", reason: null, notBefore: null, ...over }).words;

it.each<[Partial<Delivery>, string]>([
  [{ state: "sent" }, "已送达"],
  [{ state: "refused" }, "未授权"],
  [{ state: "unknown" }, "未知"],
  [{ state: "failed", reason: "47003" }, "未发出"],
  [{ state: "skipped", reason: "no_consent" }, "未授权"],
  [{ state: "skipped", reason: "no_wechat" }, "未绑定微信"],
  [{ state: "skipped", reason: "something new" }, "未发送"],
  [{ state: "queued", notBefore: "2026-03-03T23:00:00.000Z" }, "7:00 发送"],
  [{ channel: "inbox", state: "sent" }, "未读"],
  [{ channel: "inbox", state: "read" }, "已读"],
])("%o is «%s»", (delivery, words) => {
  expect(said(delivery)).toContain(words);
});
