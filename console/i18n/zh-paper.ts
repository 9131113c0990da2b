/** Words of printing and saving as PDF. */
export const paper = {
  print: "打印",
  save: "存为 PDF",
  saving: "正在生成……",
  saved: "已存为 PDF。",
  failed: "没能生成 PDF，请检查网络后再试；也可以点“打印”，在打印机里选“另存为 PDF”。",
  page: (page: number, pages: number) => `第 ${page} 页，共 ${pages} 页`,
  creator: "店小二",
} as const;
