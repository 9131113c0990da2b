import type { Action, Reply, ReturnCode } from "../../contract/index.ts";
import { call } from "./connection";
import { refreshQueries } from "./query-cache";

/** Steps without input. */
export const plainSteps = [
  "claim",
  "approve-extension",
  "approve-suspension",
  "resume",
  "accept-transfer",
  "recall-transfer",
] as const satisfies Action[];
export type PlainStep = (typeof plainSteps)[number];

/** Steps that need a text. Two of them also take photos, two a time. */
export type WordStep = Exclude<
  Action,
  | PlainStep
  | "assign"
  | "rate"
  | "consent"
  | "revoke-consent"
  | "ask-organization"
  | "follow"
  | "unfollow"
  | "ask-transfer"
  | "call-back"
  | "hand-over"
>;
type After = Reply<"POST /api/requests/:id/note">;

/** Whether photos can be sent with the step. */
export const takesPhotos = (action: WordStep): boolean => action === "message" || action === "resolve";

/** Whether the step asks for something until a time. */
export const takesUntil = (action: WordStep): action is "ask-extension" | "ask-suspension" =>
  action === "ask-extension" || action === "ask-suspension";

/** The maximum length of each step's text, as in the contract. */
export const longest: Record<WordStep, number> = {
  release: 200,
  withdraw: 200,
  reject: 200,
  decline: 200,
  "ask-extension": 200,
  "refuse-extension": 200,
  "ask-suspension": 200,
  "refuse-suspension": 200,
  "refuse-transfer": 200,
  "first-contact": 500,
  ask: 500,
  answer: 500,
  note: 1000,
  "internal-note": 1000,
  message: 1000,
  resolve: 1000,
};

/** Takes a step with a text, and invalidates the queries that show the request. */
export async function takeStep(
  key: string,
  action: WordStep,
  id: string,
  text: string,
  { fileIds, until, code }: { fileIds: string[]; until: string; code: ReturnCode },
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
      case "internal-note":
        return call("POST /api/requests/:id/internal-note", { params, body: { text } }, options);
      case "note":
        return call("POST /api/requests/:id/note", { params, body: { text } }, options);
      case "ask":
        return call("POST /api/requests/:id/ask", { params, body: { text } }, options);
      case "answer":
        return call("POST /api/requests/:id/answer", { params, body: { text } }, options);
      case "ask-extension":
      case "ask-suspension":
        return call(`POST /api/requests/:id/${action}`, { params, body: { until, reason: text } }, options);
      case "release":
        return call("POST /api/requests/:id/release", { params, body: { code, reason: text } }, options);
      case "refuse-extension":
      case "refuse-suspension":
      case "refuse-transfer":
      case "decline":
      case "reject":
      case "withdraw":
        return call(`POST /api/requests/:id/${action}`, { params, body: { reason: text } }, options);
      default:
        // The compiler rejects a step without a case. Throwing prevents a report of success for one.
        throw new Error(action satisfies never);
    }
  }
}

/**
 * Takes a step without a text, and invalidates the queries also after a refusal, because what was shown is out of date.
 */
export async function takePlainStep(key: string, action: PlainStep, id: string): Promise<void> {
  try {
    await call(`POST /api/requests/:id/${action}`, { params: { id }, body: {} }, { idempotencyKey: key });
  } finally {
    refreshQueries("GET /api/requests");
  }
}
