import type { Logger } from "pino";
import { DomainError } from "../../kernel/errors.ts";
import { type DecoderProcess, type DecoderProgram, type EndReason, startDecoder } from "./decoder-process.ts";
import type { PictureReply } from "./messages.ts";
import type { Picture } from "./reencode.ts";

/** The limits of decoding. */
export interface DecodingLimits extends DecoderProgram {
  /** Pictures that are decoded at the same moment, each in a process of its own. */
  atOnce: number;
  /** Pictures that may wait, and their bytes. */
  maxWaiting: number;
  maxWaitingBytes: number;
  /** How long a picture may wait for its turn, ms. */
  waitMs: number;
  /** How long a decoder may take to start, ms. */
  startMs: number;
  /**
   * How long a picture may take, ms of real time. It ends what waits for ever; work ends at `maxCpuMs`, since a decoder
   * gets what the server leaves of the machine.
   */
  decodeMs: number;
  /** How long a decoder without work is kept, ms. */
  idleMs: number;
}

const defaultLimits: DecodingLimits = {
  atOnce: 2,
  maxWaiting: 40,
  maxWaitingBytes: 128 * 1024 * 1024,
  waitMs: 30_000,
  startMs: 30_000,
  decodeMs: 60_000,
  idleMs: 60_000,
  // An interlaced PNG with as many bytes as allowed takes 400 MB, and 1.2 s.
  maxMegabytes: 512,
  maxCpuMs: 10_000,
};

/** After how many seconds somebody whose picture found no place may ask again. */
const RETRY_AFTER_S = 5;
/** How often a picture is tried whose decoder was ended by somebody else. */
const MAX_TRIES = 2;

/** Decodes pictures of strangers outside of this process. */
export interface Pictures {
  /**
   * Re-encodes a picture as `reencode` does. Throws `file.not_an_image`, `file.too_many_pixels`, `file.too_complex`
   * (it took too much time or memory), `file.busy` (too many wait), `file.not_taken` (no decoder starts).
   */
  reencode(bytes: Buffer): Promise<Picture>;
  /** The ids of the decoders' processes. */
  pids(): number[];
  /** Ends the decoders. What waits is refused. */
  stop(): void;
}

interface Job {
  bytes: Buffer;
  tries: number;
  /** Ends the wait for a turn. */
  timer?: NodeJS.Timeout;
  resolve(picture: Picture): void;
  reject(error: Error): void;
}

interface Decoder {
  process: DecoderProcess;
  /** One that is `ending` gets no more pictures. */
  state: "starting" | "idle" | "busy" | "ending";
  wasReady: boolean;
  job: Job | null;
  /** Ends a start, a picture or an idleness that takes too long. */
  timer: NodeJS.Timeout;
}

const later = (code: "file.busy" | "file.not_taken"): DomainError =>
  new DomainError(code, { retryAfter: RETRY_AFTER_S });

/**
 * A queue of pictures before at most `atOnce` decoders. A decoder is started when a picture waits for it, has one
 * picture at a time, and is killed when that takes too long or too much memory, so that no other picture fails with
 * it.
 */
export function createPictures(options: Partial<DecodingLimits> & { log?: Pick<Logger, "warn"> } = {}): Pictures {
  const { log, ...given } = options;
  const limits = { ...defaultLimits, ...given };
  const waiting: Job[] = [];
  const decoders = new Set<Decoder>();
  let stopped = false;

  const after = (ms: number, act: () => void): NodeJS.Timeout => setTimeout(act, ms).unref();

  function enqueue(job: Job, where: "first" | "last"): void {
    job.timer = after(limits.waitMs, () => {
      waiting.splice(waiting.indexOf(job), 1);
      job.reject(later("file.busy"));
    });
    if (where === "first") waiting.unshift(job);
    else waiting.push(job);
    dispatch();
  }

  function dispatch(): void {
    for (const decoder of decoders) if (decoder.state === "idle") begin(decoder);
    const starting = [...decoders].filter(({ state }) => state === "starting").length;
    for (let wanted = waiting.length - starting; wanted > 0 && decoders.size < limits.atOnce; wanted--) start();
  }

  function start(): void {
    const decoder: Decoder = {
      state: "starting",
      wasReady: false,
      job: null,
      timer: after(limits.startMs, () => end(decoder, "time")),
      process: startDecoder(limits, {
        ready: () => {
          decoder.wasReady = true;
          begin(decoder);
        },
        answered: (reply) => answered(decoder, reply),
        ending: () => (decoder.state = "ending"),
        ended: (reason) => ended(decoder, reason),
      }),
    };
    decoders.add(decoder);
  }

  function end(decoder: Decoder, reason: "time" | "stopped"): void {
    decoder.state = "ending";
    decoder.process.kill(reason);
  }

  /** Gives a decoder the next picture, or lets it idle. */
  function begin(decoder: Decoder): void {
    clearTimeout(decoder.timer);
    const job = waiting.shift() ?? null;
    decoder.job = job;
    decoder.state = job ? "busy" : "idle";
    if (job) clearTimeout(job.timer);
    decoder.timer = job
      ? after(limits.decodeMs, () => end(decoder, "time"))
      : after(limits.idleMs, () => end(decoder, "stopped"));
    if (job) decoder.process.decode(job.bytes);
  }

  function answered(decoder: Decoder, reply: PictureReply): void {
    const { job } = decoder;
    decoder.job = null;
    if ("done" in reply) {
      const { bytes, width, height } = reply.done;
      job?.resolve({ bytes: Buffer.from(bytes), width, height });
    } else if ("refused" in reply) job?.reject(new DomainError(reply.refused.code, reply.refused.params));
    else job?.reject(new Error(`a picture could not be decoded: ${reply.failed}`));
    if (decoder.state !== "ending") begin(decoder);
  }

  function ended(decoder: Decoder, reason: EndReason): void {
    clearTimeout(decoder.timer);
    decoders.delete(decoder);
    const { job } = decoder;
    if (job) {
      job.tries++;
      log?.warn({ reason, tries: job.tries, bytes: job.bytes.length }, "a decoder ended with its picture");
      if (stopped) job.reject(later("file.not_taken"));
      else if (reason !== null || job.tries >= MAX_TRIES) job.reject(new DomainError("file.too_complex"));
      else enqueue(job, "first");
    } else if (!decoder.wasReady) {
      log?.warn({ reason }, "a decoder did not start");
      // The next one would not start either. Those that have started go on with what waits.
      if (![...decoders].some(({ wasReady }) => wasReady)) refuseAll();
      return;
    }
    dispatch();
  }

  function refuseAll(): void {
    for (const { timer, reject } of waiting.splice(0)) {
      clearTimeout(timer);
      reject(later("file.not_taken"));
    }
  }

  return {
    reencode: (bytes) =>
      new Promise((resolve, reject) => {
        const waitingBytes = waiting.reduce((sum, job) => sum + job.bytes.length, bytes.length);
        if (stopped) reject(later("file.not_taken"));
        else if (waiting.length >= limits.maxWaiting || waitingBytes > limits.maxWaitingBytes)
          reject(later("file.busy"));
        else enqueue({ bytes, tries: 0, resolve, reject }, "last");
      }),
    pids: () => [...decoders].flatMap(({ process: { pid } }) => pid ?? []),
    stop() {
      stopped = true;
      refuseAll();
      for (const decoder of decoders) end(decoder, "stopped");
    },
  };
}
