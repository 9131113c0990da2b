import Taro from "@tarojs/taro";
import { useSyncExternalStore } from "react";
import { createStore } from "../lib/store";
import { isH5 } from "./platform";

type Answer = Parameters<Taro.onNeedPrivacyAuthorization.Listener>[0];

/** The id of the consent button, which WeChat requires to be tapped. */
export const AGREE_ID = "agree-privacy";

/** Pending answers. WeChat holds each API that touches personal data until it gets one. */
const waiting = createStore<readonly Answer[]>([]);

/** Subscribes to WeChat's requests for consent to the privacy guide, so that the app can show its own sheet. */
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

/** Passes the answer to WeChat. After a refusal the held API fails, and the page continues without it. */
export function answerPrivacy(agree: boolean): void {
  const all = waiting.get();
  waiting.set([]);
  for (const answer of all) answer(agree ? { event: "agree", buttonId: AGREE_ID } : { event: "disagree" });
}
