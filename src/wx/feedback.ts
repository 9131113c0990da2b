import Taro from "@tarojs/taro";
import { type Question, askInBrowser } from "./browser-dialog";
import { toastInBrowser } from "./browser-toast";

/** Shows a toast and vibrates lightly, after a success. */
export function toast(title: string): void {
  // Written out, so that the bundler can drop a branch. Taro's own toast for browsers is narrow and breaks short
  // sentences.
  if (process.env.TARO_ENV === "h5") toastInBrowser(title);
  else {
    void Taro.showToast({ title, icon: "none", duration: 2000 });
    Taro.vibrateShort({ type: "light" }).catch(() => undefined);
  }
}

/** Asks for confirmation. True: confirmed; false: the other answer; null: the dialog was closed without an answer. */
export function confirm(ask: Question): Promise<boolean | null> {
  // Not an async function: the compiled form would keep both branches, and the bundler would include the browser's code
  // in
  // WeChat's build.
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

/** Opens the phone's dialler. Cancelling there is no error. */
export function callPhone(phoneNumber: string): void {
  Taro.makePhoneCall({ phoneNumber }).catch(() => undefined);
}

/** Copies a text to the clipboard. False: the phone refused, so the page must show the text. */
export const copyText = (data: string): Promise<boolean> =>
  Taro.setClipboardData({ data }).then(
    () => true,
    () => false,
  );

/** Ends the pull-to-refresh indicator. */
export function endPullDown(): void {
  Taro.stopPullDownRefresh();
}

/** Scrolls an element of the page into view. */
export function scrollTo(selector: string): void {
  void Taro.pageScrollTo({ selector, duration: 150, offsetTop: -72 });
}
