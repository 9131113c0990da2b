import { writeFileSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { type DecoderJob, type DecoderReply, type PictureLimits, failureReply } from "./messages.ts";
import type { Picture } from "./reencode.ts";

/** How often the process looks at what it takes, ms. A decoder fills some 50 MB in this time. */
const LOOK_MS = 20;

/**
 * Runs this process as a decoder: takes one picture after the other from the server and answers each. It ends with the
 * server, whatever ended that, and when a picture takes more than the limits, which are its argument as JSON.
 */
export function serveDecoding(decode: (bytes: Buffer) => Promise<Picture>): void {
  const { maxMegabytes, maxCpuMs } = JSON.parse(process.argv[2] ?? "") as PictureLimits;
  // A picture is decoded in a thread, and `process.exit` would wait for it.
  const end = (): void => void process.kill(process.pid, "SIGKILL");
  process.on("disconnect", end);
  if (!process.connected) end();
  // A terminal interrupts the server and its children. The server finishes what it has begun.
  process.on("SIGINT", () => undefined);
  // Pages and logins come first. With the lowest priority a busy machine would not decode anything.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  preferAsVictim();

  const tell = (reply: DecoderReply, told = (): void => undefined): void => void process.send?.(reply, told);
  const cpuMs = (): number => process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000;
  /** The time of the processor at which the picture began. */
  let began = 0;
  const look = setInterval(() => {
    // What libvips allocates is not in V8's heap, so that no flag of Node limits it.
    const memory = process.memoryUsage.rss() > maxMegabytes * 1024 * 1024;
    if (!memory && cpuMs() - began <= maxCpuMs) return;
    clearInterval(look);
    tell({ over: memory ? "memory" : "time" }, end);
  }, LOOK_MS);
  process.on("message", ({ bytes }: DecoderJob) => {
    began = cpuMs();
    decode(bytes).then(
      (done) => tell({ done }),
      (error: unknown) => tell(failureReply(error)),
    );
  });
  tell({ ready: true });
}

/** Where the machine itself runs out of memory, Linux ends this process before the server and the database. */
function preferAsVictim(): void {
  try {
    writeFileSync("/proc/self/oom_score_adj", "1000");
  } catch {
    // Another system, or one that does not allow it.
  }
}
