/** The error codes of the kernel. */
export const kernelErrorCodes = [
  "auth.required",
  "auth.forbidden",
  "rate.limited",
  "idempotency.key_reused",
  "idempotency.key_invalid",
  "write.contended",
  "edit.outdated",
  "input.invalid",
  "host.unknown",
  "input.not_json",
  "input.type_unsupported",
  "input.target_too_long",
  "input.too_large",
  "input.too_deep",
  "cursor.invalid",
  "route.unknown",
  "server.not_ready",
  "server.failed",
] as const;

/**
 * All error codes of the product. The core and each module add theirs by declaration merging, so that an undeclared
 * code is a compile error. {@link ErrorTable} gives each its HTTP status and sentence.
 */
export interface ErrorRegistry extends Record<(typeof kernelErrorCodes)[number], unknown> {}
export type ErrorCode = Extract<keyof ErrorRegistry, string>;

type Params = Readonly<Record<string, unknown>>;

/** An error's HTTP status and its sentence: what happened, whether anything is lost, and what to do next. */
export type Sentence = readonly [status: number, sentence: string | ((params: Params) => string)];

/** The status and sentence of each of these codes. */
export type ErrorTable<Code extends string> = Readonly<Record<Code, Sentence>>;

/**
 * A refusal with its code. `params` fill the sentence and are the `details` of the reply, so they must not have
 * personal data.
 */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly params: Readonly<Record<string, unknown>>;
  constructor(code: ErrorCode, params: Readonly<Record<string, unknown>> = {}) {
    super(code);
    this.name = "DomainError";
    this.code = code;
    this.params = params;
  }
}

/** Throws a {@link DomainError}. */
export function refuse(code: ErrorCode, params?: Readonly<Record<string, unknown>>): never {
  throw new DomainError(code, params);
}

/** A parameter in a sentence: texts and numbers as they are, lists joined, and an empty text for anything else. */
export const parameterText = (value: unknown): string => {
  if (Array.isArray(value)) return value.join("、");
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
};
