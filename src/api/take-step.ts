import type { Action, Reply, ReturnCode } from "../../contract/index.ts";
import { call } from "./connection";
import { refreshQueries } from "./query-cache";

/** Steps that need words (and, for two of them, take photos). */
export type WordStep = Exclude<Action, "claim" | "assign" | "rate" | "consent" | "revoke-consent">;
type After = Reply<"POST /api/requests/:id/note">;

/** Whether photos go with the step. */
export const takesPhotos = (action: WordStep): boolean => action === "message" || action === "resolve";

/** How long the words of a step may be, as the contract has it. */
export const longest: Record<WordStep, number> = {
  release: 200,
  withdraw: 200,
  reject: 200,
  "first-contact": 500,
  ask: 500,
  answer: 500,
  note: 1000,
  message: 1000,
  resolve: 1000,
};

/** Takes a step with words; lists and details that show it are asked for again. */
export async function takeStep(
  key: string,
  action: WordStep,
  id: string,
  text: string,
  fileIds: string[],
  code: ReturnCode,
): Promise<After> {
  const options = { idempotencyKey: key };
  const params = { id };
  const after = await take();
  refreshQueries("GET /api/requests");
  return after;

  function take(): Promise<After> {
    switch (action) {
      case "first-contact":
        return call("POST /api/requests/:id/first-contact", { params, body: { note: text } }, options);
      case "resolve":
        return call("POST /api/requests/:id/resolve", { params, body: { result: text, fileIds } }, options);
      case "message":
        return call("POST /api/requests/:id/message", { params, body: { text, fileIds } }, options);
      case "note":
        return call("POST /api/requests/:id/note", { params, body: { text } }, options);
      case "ask":
        return call("POST /api/requests/:id/ask", { params, body: { text } }, options);
      case "answer":
        return call("POST /api/requests/:id/answer", { params, body: { text } }, options);
      case "release":
        return call("POST /api/requests/:id/release", { params, body: { code, reason: text } }, options);
      case "reject":
      case "withdraw":
        return call(`POST /api/requests/:id/${action}`, { params, body: { reason: text } }, options);
    }
  }
}
