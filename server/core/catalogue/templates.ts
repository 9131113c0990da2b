import type { ReplyTemplate } from "../domain/community/community.ts";

/** The reply templates that a new community starts with. */
export const templates: readonly ReplyTemplate[] = [
  { step: "first-contact", text: "您好，我是社区干部，已收到您的诉求，今晚下班后上门，方便吗？" },
  { step: "first-contact", text: "已电话联系，约好上门时间，请保持手机畅通" },
  { step: "message", text: "正在联系物业，有结果马上告诉您" },
  { step: "message", text: "材料已经备好，下班后到居委会取，晚上九点前都有人" },
  { step: "ask", text: "方便发一张现场照片吗？" },
  { step: "note", text: "已到现场查看，等物业派工" },
  { step: "resolve", text: "已上门处理好，居民当面确认" },
  { step: "resolve", text: "已联系物业修好，现场试过没有问题" },
];
