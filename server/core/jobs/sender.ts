import { setTimeout as wait } from "node:timers/promises";
import { channels } from "../domain/notify/messages.ts";
import type { Uses } from "../ports.ts";
import { giveUpStuck, sendDue } from "../usecases/notify/send-deliveries.ts";

/** How often it looks for due messages without being woken, in ms. */
const POLL_MS = 1_000;
/** How often it looks for messages that a crash has left reserved, in ms. */
const STUCK_CHECK_MS = 30_000;

/**
 * Sends due messages outside the app. Each channel has its own loop, so that a channel that does not answer does not
 * block the others. Several processes may run it: each message is taken by one.
 */
export interface Sender {
  start(): void;
  /** Tells the sender that a message may be due. */
  wake(): void;
  /** Waits for the messages that are being sent, then ends. */
  stop(): Promise<void>;
}

/** Creates a sender that is not started. */
export function createSender(
  deps: Uses<"clock" | "holidays" | "keys" | "log" | "robot" | "sms" | "store" | "templates" | "wechat">,
): Sender {
  const stopped = new AbortController();
  let kicked = new AbortController();
  let loops: Promise<unknown> = Promise.resolve();

  /** Repeats `work` until the stop, with pauses. The signal ends a pause, also when it was given during the work. */
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
