import { setTimeout as wait } from "node:timers/promises";
import { channels } from "../domain/notify/messages.ts";
import type { Uses } from "../ports.ts";
import { giveUpStuck, sendDue } from "../usecases/notify/send-deliveries.ts";

/** Without a wake-up it looks for messages that are due this often, ms. */
const POLL_MS = 1_000;
/** It looks for those that a crash has left under way this often, ms. */
const STUCK_CHECK_MS = 30_000;

/**
 * Sends messages outside the app as they become due, each channel by itself, so that a channel without an answer does
 * not block the others. Several processes may do it at once: each message is taken up by one.
 */
export interface Sender {
  start(): void;
  /** Something may be due. */
  wake(): void;
  /** Ends the messages in hand. */
  stop(): Promise<void>;
}

export function createSender(
  deps: Uses<"clock" | "holidays" | "keys" | "log" | "robot" | "sms" | "store" | "templates" | "wechat">,
): Sender {
  const stopped = new AbortController();
  let kicked = new AbortController();
  let loops: Promise<unknown> = Promise.resolve();

  /** Works again and again, after a pause that `signal` cuts short, also when it was given while it worked. */
  async function repeat(work: () => Promise<void>, pauseMs: number, signal: () => AbortSignal): Promise<void> {
    while (!stopped.signal.aborted) {
      const woken = signal();
      try {
        await work();
      } catch (error) {
        deps.log.error({ err: error }, "sender: a round failed; the next one goes on");
      }
      await wait(pauseMs, undefined, { signal: woken }).catch(() => undefined);
    }
  }

  function wake(): void {
    kicked.abort();
    kicked = new AbortController();
  }

  return {
    start() {
      const goOn = (): boolean => !stopped.signal.aborted;
      const send = channels.map((channel) => () => sendDue(deps, undefined, goOn, [channel]));
      loops = Promise.all([
        ...send.map((work) => repeat(work, POLL_MS, () => kicked.signal)),
        repeat(
          () => giveUpStuck(deps),
          STUCK_CHECK_MS,
          () => stopped.signal,
        ),
      ]);
    },
    wake,
    async stop() {
      stopped.abort();
      wake();
      await loops;
    },
  };
}
