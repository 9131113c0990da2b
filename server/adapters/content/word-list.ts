/** What is checked when WeChat cannot be asked. */
export interface WordList {
  /** Whether the text has a word of the list in it, however it is spaced or written (full-width, capitals). */
  refuses(text: string): boolean;
}

/**
 * Obvious offers of crime and vice; a committee's own list takes its place. None of it is said in a neighbourhood's
 * errand.
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

/** A list of words, each at least two characters. */
export function createWordList(words: readonly string[] = obvious): WordList {
  const list = words.map(plain).filter((word) => word.length > 1);
  return {
    refuses(text) {
      const searched = plain(text);
      return list.some((word) => searched.includes(word));
    },
  };
}
