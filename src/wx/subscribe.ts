import Taro from "@tarojs/taro";
import { isH5 } from "./platform";

export type SubscribeAnswer = "accept" | "reject" | "ban" | "filter";

/** The most templates that older base libraries accept in one request. */
const MAX_TEMPLATES = 3;
const answers: readonly unknown[] = ["accept", "reject", "ban", "filter"];

/**
 * Asks for consent to these subscribe messages. Must be called in a tap handler before anything is awaited; WeChat
 * refuses it otherwise. Returns an empty object on H5, and when WeChat could not ask, such as when the person has
 * turned all messages off.
 */
export async function requestSubscribe(templateIds: readonly string[]): Promise<Record<string, SubscribeAnswer>> {
  if (isH5 || templateIds.length === 0) return {};
  const tmplIds = templateIds.slice(0, MAX_TEMPLATES);
  const said = await Taro.requestSubscribeMessage({ tmplIds, entityIds: [] }).catch(() => null);
  const given = Object.entries({ ...said }).filter(([id, answer]) => tmplIds.includes(id) && answers.includes(answer));
  return Object.fromEntries(given) as Record<string, SubscribeAnswer>;
}
