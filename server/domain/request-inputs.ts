import type { Rating } from "./request.ts";
import type { ReturnCode } from "./returns.ts";

export type Action = keyof Inputs;

/** What each step needs. */
export interface Inputs {
  claim: Record<never, never>;
  assign: { cadreId: string; cadreName: string };
  release: { code: ReturnCode; reason: string };
  "first-contact": { note: string };
  note: { text: string; messageId: string };
  message: { text: string; fileIds: readonly string[]; messageId: string };
  ask: { text: string };
  answer: { text: string };
  resolve: { result: string; fileIds: readonly string[] };
  rate: Omit<Rating, "at">;
  withdraw: { reason: string };
  reject: { reason: string };
  consent: { agreed: boolean; mayRate: boolean; how: "call" | "visit" };
  "revoke-consent": Record<never, never>;
}
