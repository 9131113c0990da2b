import Taro from "@tarojs/taro";
import { useSyncExternalStore } from "react";
import { createStore } from "../lib/store";
import { isH5 } from "./platform";

type Answer = Parameters<Taro.onNeedPrivacyAuthorization.Listener>[0];

/** The button that WeChat wants to have seen tapped. */
export const AGREE_ID = "agree-privacy";

/** Those who wait for an answer: WeChat holds each API that touches personal data until then. */
const waiting = createStore<readonly Answer[]>([]);

/** Hears when an API needs the person's consent to the privacy guide, so that the app can ask in its own words. */
export function watchPrivacy(): void {
  if (isH5 || !Taro.canIUse("onNeedPrivacyAuthorization")) return;
  Taro.onNeedPrivacyAuthorization((answer) => {
    answer({ event: "exposureAuthorization" });
    waiting.set([...waiting.get(), answer]);
  });
}

/** Whether consent is being asked for. */
export function usePrivacyAsked(): boolean {
  return useSyncExternalStore(waiting.subscribe, waiting.get, waiting.get).length > 0;
}

/** Passes the answer on; a no makes the API fail, and the page goes on without it. */
export function answerPrivacy(agree: boolean): void {
  const all = waiting.get();
  waiting.set([]);
  for (const answer of all) answer(agree ? { event: "agree", buttonId: AGREE_ID } : { event: "disagree" });
}
