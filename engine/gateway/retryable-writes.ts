/** Retryable writes: a write that a driver sends again gets the answer of the first time. */
import { CommandError } from "./errors.ts";

/** Answers kept for retries. A driver retries within seconds, so the oldest may go. */
const REMEMBERED_ANSWERS = 4096;

/** A write's session and its number in it. */
export interface WriteNumber {
  session: string;
  number: bigint;
}

export interface RetryableWrites {
  /** Runs a write once: the same session and number get the first answer again. An older number is an error. */
  once(write: WriteNumber, work: () => Promise<Buffer>): Promise<Buffer>;
  /** Forgets the answers of sessions that have ended. */
  forget(sessions: readonly string[]): void;
}

/** A memory of the last answer of each session. */
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
      // A failure is not an answer: a retry must run.
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
