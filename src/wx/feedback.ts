import Taro from "@tarojs/taro";
import { type Question, askInBrowser } from "./browser-dialog";
import { toastInBrowser } from "./browser-toast";

/** A short line that goes by itself, and a light tap in the hand: for what went well. */
export function toast(title: string): void {
  // Spelt out for the bundler. Taro's own for browsers is narrow and breaks short sentences.
  if (process.env.TARO_ENV === "h5") toastInBrowser(title);
  else {
    void Taro.showToast({ title, icon: "none", duration: 2000 });
    Taro.vibrateShort({ type: "light" }).catch(() => undefined);
  }
}

/**
 * Asks before something that cannot be taken back. True: go ahead; false: the other answer; null: the question was
 * left without one.
 */
export function confirm(ask: Question): Promise<boolean | null> {
  // Not async itself: a compiled one has its steps side by side, and the bundler keeps what the browser's would need.
  return process.env.TARO_ENV === "h5" ? askInBrowser(ask) : askInWechat(ask);
}

async function askInWechat(ask: Question): Promise<boolean | null> {
  const { confirm: yes, cancel: no } = await Taro.showModal({
    title: ask.title,
    content: ask.content,
    confirmText: ask.yes,
    cancelText: ask.no,
    confirmColor: "#B83A26",
    cancelColor: "#5C6370",
  });
  return yes || (no ? false : null);
}

/** Calls a number with the phone's own dialler. A person who cancels has decided, so that is no error. */
export function callPhone(phoneNumber: string): void {
  Taro.makePhoneCall({ phoneNumber }).catch(() => undefined);
}

/** Puts a text where it can be pasted. False: the phone refused, so it has to be shown. */
export const copyText = (data: string): Promise<boolean> =>
  Taro.setClipboardData({ data }).then(
    () => true,
    () => false,
  );

/** Ends the pull-to-refresh sign. */
export function endPullDown(): void {
  Taro.stopPullDownRefresh();
}

/** Brings something of the page into view. */
export function scrollTo(selector: string): void {
  void Taro.pageScrollTo({ selector, duration: 150, offsetTop: -72 });
}
