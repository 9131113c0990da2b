/** The fallback of the check by WeChat. */
export interface WordList {
  /** Whether the text contains a word of the list, ignoring spaces, punctuation, width and case. */
  refuses(text: string): boolean;
}

/**
 * The default list: obvious offers of crime and vice that do not occur in genuine requests. A committee may supply its
 * own list instead.
 */
const obvious: readonly string[] = [
  "代开发票", "办假证", "刷单返利", "赌博网站", "网络赌场", "澳门博彩", "裸聊", "援交", "卖淫", "嫖娼", "迷魂药", "迷奸",
  "冰毒", "贩毒", "枪支出售", "出售枪支", "代孕", "套现秒到", "裸贷",
]; // prettier-ignore

const plain = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, "");

/** Creates a list. Words shorter than two characters are dropped. */
export function createWordList(words: readonly string[] = obvious): WordList {
  const list = words.map(plain).filter((word) => word.length > 1);
  return {
    refuses(text) {
      const searched = plain(text);
      return list.some((word) => searched.includes(word));
    },
  };
}
