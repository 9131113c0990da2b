import { coreSentences } from "./core/http/error-sentences.ts";
import type { ErrorCode, ErrorTable } from "./kernel/errors.ts";
import { modules } from "./modules/index.ts";

/** Every error of the kernel, the core and the modules in the caller's language. A code without a sentence does not compile. */
export const sentences: ErrorTable<ErrorCode> = Object.assign(
  {},
  coreSentences,
  ...modules.map(({ errors }) => errors),
);

export const errorCodes = Object.keys(sentences) as ErrorCode[];

/** The status and sentence of an error. */
export function sentenceOf(
  code: ErrorCode,
  params: Readonly<Record<string, unknown>>,
): { status: number; message: string } {
  const [status, sentence] = sentences[code];
  return { status, message: typeof sentence === "string" ? sentence : sentence(params) };
}
