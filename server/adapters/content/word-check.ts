import { DomainError } from "../../kernel/errors.ts";
import type { WeChat } from "../wechat/wechat.ts";
import type { WordList } from "./word-list.ts";

/**
 * `passed`: WeChat found nothing; `review`: WeChat is not sure; `risky`: the text must not be published; `unchecked`:
 * WeChat could not be asked, and the word list found nothing. WeChat cannot be asked about authors without a WeChat
 * account or without a visit in the last two hours, or when it is unavailable.
 */
export type WordVerdict = "passed" | "review" | "risky" | "unchecked";

/** Checks user-written text before others see it. */
export interface WordCheck {
  /**
   * `openid` is the author's, or null. Errors of WeChat are not thrown, since filing a request must not depend on
   * WeChat.
   */
  check(openid: string | null, text: string): Promise<WordVerdict>;
}

/** WeChat's scene number for comments (msgSecCheck). */
const SCENE = 2;

export function createWordCheck(wechat: Pick<WeChat, "checkText">, list: WordList): WordCheck {
  const byWeChat = async (openid: string, text: string) => {
    try {
      return await wechat.checkText(openid, text, SCENE);
    } catch (error) {
      if (error instanceof DomainError) return "inactive";
      throw error;
    }
  };
  return {
    async check(openid, text) {
      const verdict = openid === null ? "inactive" : await byWeChat(openid, text);
      if (verdict === "inactive") return list.refuses(text) ? "risky" : "unchecked";
      return verdict === "pass" ? "passed" : verdict;
    },
  };
}
