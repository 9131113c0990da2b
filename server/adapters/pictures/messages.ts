import { DomainError, type ErrorCode } from "../../kernel/errors.ts";
import type { Picture } from "./reencode.ts";

/** How a picture went: it is made, refused, or failed by a fault of ours. */
export type PictureReply =
  | { done: Picture }
  | { refused: { code: ErrorCode; params: Readonly<Record<string, unknown>> } }
  | { failed: string };

/** What a decoder tells the server. `over`: it ends because its picture took more than it may. */
export type DecoderReply = PictureReply | { ready: true } | { over: "memory" | "time" };

/** What one picture may take: megabytes of the decoder's memory, and ms of the processor. */
export interface PictureLimits {
  maxMegabytes: number;
  maxCpuMs: number;
}

/** What the server asks of a decoder: one picture at a time. */
export interface DecoderJob {
  bytes: Buffer;
}

/** A failure of a picture, as it is told to the server. */
export const failureReply = (error: unknown): PictureReply =>
  error instanceof DomainError
    ? { refused: { code: error.code, params: error.params } }
    : { failed: error instanceof Error ? error.message : String(error) };
