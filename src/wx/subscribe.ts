import Taro from "@tarojs/taro";
import { isH5 } from "./platform";

export type SubscribeAnswer = "accept" | "reject" | "ban" | "filter";

/** Older base libraries take no more templates in one question. */
const MAX_TEMPLATES = 3;
const answers: readonly unknown[] = ["accept", "reject", "ban", "filter"];

/**
 * Asks whether WeChat may tell of these. To be called in a tap, before anything is awaited: WeChat refuses it
 * otherwise. Empty on H5, and when nothing could be asked (the person has turned off all messages, say): whatever the
 * tap is for goes on.
 */
export async function requestSubscribe(templateIds: readonly string[]): Promise<Record<string, SubscribeAnswer>> {
  if (isH5 || templateIds.length === 0) return {};
  const tmplIds = templateIds.slice(0, MAX_TEMPLATES);
  const said = await Taro.requestSubscribeMessage({ tmplIds, entityIds: [] }).catch(() => null);
  const given = Object.entries({ ...said }).filter(([id, answer]) => tmplIds.includes(id) && answers.includes(answer));
  return Object.fromEntries(given) as Record<string, SubscribeAnswer>;
}
