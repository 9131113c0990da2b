import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { DecoderJob, DecoderReply, PictureLimits, PictureReply } from "./messages.ts";

/** Where the program of a decoder is, and its limits. */
export interface DecoderProgram extends PictureLimits {
  program?: string;
}

/** Why a decoder ended: over its memory or time, or without work. Null: it crashed, or somebody else ended it. */
export type EndReason = "memory" | "time" | "stopped" | null;

/** What a decoder's owner hears of it. */
export interface DecoderEvents {
  ready(): void;
  answered(reply: PictureReply): void;
  /** It is about to end. */
  ending(): void;
  ended(reason: EndReason): void;
}

/** A decoder: a process that decodes one picture at a time. */
export interface DecoderProcess {
  pid: number | undefined;
  decode(bytes: Buffer): void;
  /** Kills it, since a picture in the middle of libvips hears nothing else. */
  kill(reason: "time" | "stopped"): void;
}

/** Starts a decoder. It does not keep this process alive. */
export function startDecoder(
  { program, maxMegabytes, maxCpuMs }: DecoderProgram,
  events: DecoderEvents,
): DecoderProcess {
  let reason: EndReason = null;
  let over = false;
  const end = (): void => {
    if (over) return;
    over = true;
    events.ended(reason);
  };
  const child: ChildProcess = fork(
    program ?? join(import.meta.dirname, "decoder.ts"),
    [JSON.stringify({ maxMegabytes, maxCpuMs } satisfies PictureLimits)],
    {
      // The flags of this process, such as those of a profiler, are not the decoder's.
      execArgv: [],
      serialization: "advanced",
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    },
  );
  child.unref();
  child.channel?.unref();
  child.on("message", (message) => {
    const reply = message as DecoderReply;
    if ("ready" in reply) events.ready();
    else if ("over" in reply) {
      reason = reply.over;
      events.ending();
    } else events.answered(reply);
  });
  // A process that cannot be started emits `error` and no `exit`.
  child.once("error", end);
  child.once("exit", end);
  return {
    pid: child.pid,
    // A decoder that is gone says so by its end.
    decode: (bytes) => void child.send({ bytes } satisfies DecoderJob, () => undefined),
    kill(why) {
      reason ??= why;
      child.kill("SIGKILL");
    },
  };
}
