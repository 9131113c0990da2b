import { coreErrorMessages } from "./core/http/error-messages.ts";
import type { ErrorCode, ErrorTable } from "./kernel/errors.ts";
import { modules } from "./modules/index.ts";

/**
 * Status and Chinese sentence of every error code of the kernel, the core and the modules. A code without a sentence is
 * a type error.
 */
export const sentences: ErrorTable<ErrorCode> = Object.assign(
  {},
  coreErrorMessages,
  ...modules.map(({ errors }) => errors),
);

export const errorCodes = Object.keys(sentences) as ErrorCode[];

/** The status of an error code and its sentence with `params` filled in. */
export function errorMessageOf(
  code: ErrorCode,
  params: Readonly<Record<string, unknown>>,
): { status: number; message: string } {
  const [status, sentence] = sentences[code];
  return { status, message: typeof sentence === "string" ? sentence : sentence(params) };
}
