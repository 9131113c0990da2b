/** Ways in which the kernel itself says no. */
export const kernelErrorCodes = [
  "auth.required",
  "auth.forbidden",
  "rate.limited",
  "idempotency.key_reused",
  "idempotency.key_invalid",
  "write.contended",
  "input.invalid",
  "input.not_json",
  "input.too_large",
  "input.too_deep",
  "cursor.invalid",
  "route.unknown",
  "server.not_ready",
  "server.failed",
] as const;

/**
 * Every way in which the product says no. The core and each module add their codes here by declaration merging, so
 * that a code that nobody has declared does not compile. {@link ErrorTable} gives each its HTTP status and its
 * sentence.
 */
export interface ErrorRegistry extends Record<(typeof kernelErrorCodes)[number], unknown> {}
export type ErrorCode = Extract<keyof ErrorRegistry, string>;

type Params = Readonly<Record<string, unknown>>;

/** An error's HTTP status and its sentence: what happened, that nothing is lost, what to do now. */
export type Sentence = readonly [status: number, sentence: string | ((params: Params) => string)];
export type ErrorTable<Code extends string> = Readonly<Record<Code, Sentence>>;

/**
 * A refusal in domain words. `params` fill the sentence and appear as `details` in the envelope: no personal data in
 * them.
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

/** A parameter as a sentence says it: texts and numbers as they are, lists joined, nothing for what is not there. */
export const parameterText = (value: unknown): string => {
  if (Array.isArray(value)) return value.join("、");
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
};
