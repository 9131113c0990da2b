import { setTimeout as wait } from "node:timers/promises";
import type { Deps } from "../ports.ts";
import { giveUpStuck, sendDue } from "../usecases/notify/send-deliveries.ts";

/** Without a kick it looks for messages that are due this often, ms. */
const POLL_MS = 1_000;
const GIVE_UP_EVERY = 30;

/** Sends messages outside the app as they become due. Several processes may do it at once: each message is taken up by one. */
export interface Sender {
  start(): void;
  /** Something may be due. */
  kick(): void;
  /** Ends the message in hand. */
  stop(): Promise<void>;
}

export function createSender(deps: () => Deps): Sender {
  let running = false;
  let loop: Promise<void> = Promise.resolve();
  let wake: (() => void) | null = null;
  let kicked = false;

  async function work(): Promise<void> {
    for (let round = 0; running; round++) {
      kicked = false;
      try {
        await sendDue(deps(), undefined, () => running);
        if (round % GIVE_UP_EVERY === 0) await giveUpStuck(deps());
      } catch (error) {
        deps().log.error({ err: error }, "sender: a round failed; the next one goes on");
      }
      if (kicked) continue;
      const cancel = new AbortController();
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      await Promise.race([woken, wait(POLL_MS, undefined, { signal: cancel.signal }).catch(() => undefined)]);
      cancel.abort();
      wake = null;
    }
  }

  return {
    start() {
      running = true;
      loop = work();
    },
    kick() {
      kicked = true;
      wake?.();
    },
    async stop() {
      running = false;
      wake?.();
      await loop;
    },
  };
}
