import { DomainError } from "../../kernel/errors.ts";
import type { WeChat } from "../wechat/wechat.ts";
import type { WordList } from "./word-list.ts";

/**
 * `passed` by WeChat; `review`: WeChat doubts; `risky`: it may not be said here; `unchecked`: WeChat could not be
 * asked (the author is not in WeChat, was not within two hours, or WeChat is away) and the word list has nothing
 * against it.
 */
export type WordVerdict = "passed" | "review" | "risky" | "unchecked";

/** Checks what somebody wrote before others see it. */
export interface WordCheck {
  /**
   * `openid`: the author's, null when there is none. Never throws on WeChat's account: filing a request does not
   * depend on WeChat.
   */
  check(openid: string | null, text: string): Promise<WordVerdict>;
}

/** What is said to others, as WeChat counts: 2, a comment. */
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
