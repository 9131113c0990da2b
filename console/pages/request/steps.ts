import type { Action, CallbackAnswer, Request, ReturnCode } from "../../../contract/index.ts";
import { call } from "../../api/index.ts";
import { zh } from "../../i18n/zh.ts";

/** A step whose input is a text. */
export interface TextStep {
  label: string;
  hint: string;
  /** A warning above the field, for steps with serious consequences. */
  warning?: string;
  /** Longest text, in characters. */
  max: number;
  /** A choice that is sent with the text. */
  choice?: { label: string; options: Readonly<Record<string, string>> };
  take: (id: string, text: string, idempotencyKey: string, chosen: string) => Promise<Request>;
}

const t = zh.steps;

/** Steps of staff that need a text. Residents take their own steps (answer, rate, withdraw) in the mini-program. */
export const textSteps = {
  "first-contact": {
    label: t.contact,
    hint: t.contactHint,
    max: 500,
    take: (id, note, idempotencyKey) =>
      call("POST /api/requests/:id/first-contact", { params: { id }, body: { note } }, { idempotencyKey }),
  },
  note: {
    label: t.note,
    hint: t.noteHint,
    max: 1000,
    take: (id, text, idempotencyKey) =>
      call("POST /api/requests/:id/note", { params: { id }, body: { text } }, { idempotencyKey }),
  },
  "internal-note": {
    label: t.internal,
    hint: t.internalHint,
    max: 1000,
    take: (id, text, idempotencyKey) =>
      call("POST /api/requests/:id/internal-note", { params: { id }, body: { text } }, { idempotencyKey }),
  },
  message: {
    label: t.message,
    hint: t.messageHint,
    max: 1000,
    take: (id, text, idempotencyKey) =>
      call("POST /api/requests/:id/message", { params: { id }, body: { text } }, { idempotencyKey }),
  },
  ask: {
    label: t.ask,
    hint: t.askHint,
    max: 500,
    take: (id, text, idempotencyKey) =>
      call("POST /api/requests/:id/ask", { params: { id }, body: { text } }, { idempotencyKey }),
  },
  resolve: {
    label: t.result,
    hint: t.resultHint,
    max: 1000,
    take: (id, result, idempotencyKey) =>
      call("POST /api/requests/:id/resolve", { params: { id }, body: { result } }, { idempotencyKey }),
  },
  release: {
    label: t.reason,
    hint: t.releaseHint,
    max: 200,
    choice: { label: t.returnWhy, options: zh.returnCode },
    take: (id, reason, idempotencyKey, chosen) => {
      const body = { code: chosen as ReturnCode, reason };
      return call("POST /api/requests/:id/release", { params: { id }, body }, { idempotencyKey });
    },
  },
  "call-back": {
    label: t.callback,
    hint: t.callbackHint,
    max: 500,
    choice: { label: t.callbackAnswer, options: t.callbackAnswers },
    take: (id, text, idempotencyKey, chosen) => {
      const body = { answer: chosen as CallbackAnswer, text };
      return call("POST /api/requests/:id/call-back", { params: { id }, body }, { idempotencyKey });
    },
  },
  reject: {
    label: t.reason,
    hint: t.reasonHint,
    warning: t.rejectAsk,
    max: 200,
    take: (id, reason, idempotencyKey) =>
      call("POST /api/requests/:id/reject", { params: { id }, body: { reason } }, { idempotencyKey }),
  },
  "refuse-transfer": {
    label: t.reason,
    hint: t.refuseTransferHint,
    max: 200,
    take: (id, reason, idempotencyKey) =>
      call("POST /api/requests/:id/refuse-transfer", { params: { id }, body: { reason } }, { idempotencyKey }),
  },
  "refuse-extension": {
    label: t.reason,
    hint: t.refuseHint,
    max: 200,
    take: (id, reason, idempotencyKey) =>
      call("POST /api/requests/:id/refuse-extension", { params: { id }, body: { reason } }, { idempotencyKey }),
  },
  "refuse-suspension": {
    label: t.reason,
    hint: t.refuseHint,
    max: 200,
    take: (id, reason, idempotencyKey) =>
      call("POST /api/requests/:id/refuse-suspension", { params: { id }, body: { reason } }, { idempotencyKey }),
  },
} as const satisfies Partial<Record<Action, TextStep>>;

/** Steps without input. */
export type PlainStep =
  | "claim"
  | "approve-extension"
  | "approve-suspension"
  | "resume"
  | "accept-transfer"
  | "recall-transfer";
/** Steps that ask the committee for more time. */
export type TimeRequestStep = "ask-extension" | "ask-suspension";

export const isTextStep = (step: Step): step is keyof typeof textSteps => step in textSteps;
export const isTimeRequestStep = (step: Step): step is TimeRequestStep =>
  step === "ask-extension" || step === "ask-suspension";

/** The steps that have a button in the console. The first one in the abilities is the primary action, on the right. */
export const stepOrder = [
  "call-back",
  "accept-transfer",
  "approve-extension",
  "approve-suspension",
  "claim",
  "assign",
  "resolve",
  "resume",
  "first-contact",
  "ask",
  "message",
  "note",
  "ask-organization",
  "ask-extension",
  "ask-suspension",
  "refuse-extension",
  "refuse-suspension",
  "internal-note",
  "refuse-transfer",
  "recall-transfer",
  "ask-transfer",
  "release",
  "reject",
] as const;
export type Step = (typeof stepOrder)[number];

/** Whether the step ends the request against the resident's wish. */
export const isGrave = (step: Step): boolean => step === "reject";
