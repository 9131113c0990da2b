/** Retryable writes: a repeated write gets the reply of the first one. */
import { CommandError } from "./errors.ts";

/** The number of kept replies. Drivers retry within seconds, so the oldest ones may be dropped. */
const REMEMBERED_ANSWERS = 4096;

/** The session of a write and its number in that session. */
export interface WriteNumber {
  session: string;
  number: bigint;
}

export interface RetryableWrites {
  /** Runs a write once. The same session and number get the first reply again. An older number is an error. */
  once(write: WriteNumber, work: () => Promise<Buffer>): Promise<Buffer>;
  /** Drops the replies of ended sessions. */
  forget(sessions: readonly string[]): void;
}

/** Keeps the last reply of each session. */
export function createRetryableWrites(): RetryableWrites {
  const answers = new Map<string, { number: bigint; answer: Promise<Buffer> }>();

  function remember(session: string, number: bigint, answer: Promise<Buffer>): void {
    answers.delete(session);
    answers.set(session, { number, answer });
    if (answers.size > REMEMBERED_ANSWERS) answers.delete(answers.keys().next().value ?? "");
  }

  return {
    async once({ session, number }, work) {
      const last = answers.get(session);
      if (last?.number === number) return last.answer;
      if (last !== undefined && last.number > number)
        throw new CommandError(
          "TransactionTooOld",
          `txnNumber ${number} is older than ${last.number} of the same session`,
        );
      const answer = work();
      remember(session, number, answer);
      // Failures are not kept, so that a retry runs the write.
      answer.catch(() => {
        if (answers.get(session)?.answer === answer) answers.delete(session);
      });
      return answer;
    },
    forget(sessions) {
      for (const session of sessions) answers.delete(session);
    },
  };
}
