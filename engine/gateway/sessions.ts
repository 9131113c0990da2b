/** Transactions, each on a connection of its own, and retryable writes: the last answer of each session. */
import { CommandError, toCommandError, WriteErrorsReply } from "./errors.ts";
import type { PgClient } from "./pg-client.ts";
import type { Pool } from "./pg-pool.ts";

/** MongoDB's transactionLifetimeLimitSeconds, in ms. */
const TRANSACTION_LIFETIME = 60_000;
/** Answers kept for retries. A driver retries within seconds, so the oldest may go. */
const REMEMBERED_ANSWERS = 4096;
/** Short on purpose: a conflict must be answered at once, as MongoDB does; `withTransaction` retries it. */
const BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ; SET LOCAL lock_timeout = '20ms'";

interface Transaction {
  number: bigint;
  client: PgClient;
  owner: object;
  /** Commands of one transaction run one behind the other. */
  tail: Promise<unknown>;
  expiry: NodeJS.Timeout;
}

/** What a command says about its session. */
export interface SessionFields {
  key: string;
  number: bigint;
  starts: boolean;
  /** The connection that asked; its transactions end with it. */
  owner: object;
}

export interface Sessions {
  /** Runs a command inside its transaction, which any error ends. Throws CommandError. */
  inTransaction(session: SessionFields, work: (client: PgClient) => Promise<Buffer>): Promise<Buffer>;
  commit(session: SessionFields): Promise<void>;
  abort(session: SessionFields): Promise<void>;
  /** Runs a write once: the same session and number get the first answer again. */
  once(session: SessionFields, work: () => Promise<Buffer>): Promise<Buffer>;
  end(keys: string[]): Promise<void>;
  dropOwner(owner: object): Promise<void>;
  openTransactions(): number;
}

function noSuchTransaction(number: bigint): CommandError {
  return new CommandError(
    "NoSuchTransaction",
    `Given transaction number ${number} does not match any in-progress transactions.`,
    { labels: ["TransientTransactionError"] },
  );
}

/** Makes the gateway's sessions; transactions take their connections from `pool`. */
export function createSessions(pool: Pool): Sessions {
  const open = new Map<string, Transaction>();
  const committed = new Map<string, bigint>();
  const answers = new Map<string, { number: bigint; answer: Promise<Buffer> }>();

  function remember<T>(map: Map<string, T>, key: string, value: T): void {
    map.delete(key);
    map.set(key, value);
    if (map.size > REMEMBERED_ANSWERS) map.delete(map.keys().next().value ?? "");
  }

  async function finish(key: string, transaction: Transaction, sql: "COMMIT" | "ROLLBACK"): Promise<void> {
    if (open.get(key) === transaction) open.delete(key);
    clearTimeout(transaction.expiry);
    try {
      await transaction.tail.catch(() => undefined);
      await transaction.client.run(sql);
    } catch (error) {
      transaction.client.close();
      throw error;
    } finally {
      pool.release(transaction.client);
    }
  }

  async function rollback(key: string): Promise<void> {
    const transaction = open.get(key);
    if (transaction !== undefined) await finish(key, transaction, "ROLLBACK").catch(() => undefined);
  }

  async function begin(session: SessionFields): Promise<Transaction> {
    await rollback(session.key);
    const client = await pool.acquire();
    try {
      await client.run(BEGIN);
    } catch (error) {
      client.close();
      pool.release(client);
      throw error;
    }
    const expiry = setTimeout(() => {
      // What runs on it may wait for others who wait for what the transaction holds: it is not waited for.
      client.abandon();
      void rollback(session.key);
    }, TRANSACTION_LIFETIME);
    expiry.unref();
    const transaction: Transaction = {
      number: session.number,
      client,
      owner: session.owner,
      tail: Promise.resolve(),
      expiry,
    };
    open.set(session.key, transaction);
    return transaction;
  }

  return {
    async inTransaction(session, work) {
      const running = open.get(session.key);
      if (!session.starts && running?.number !== session.number) throw noSuchTransaction(session.number);
      const transaction = session.starts || running === undefined ? await begin(session) : running;
      transaction.owner = session.owner;
      const result = transaction.tail.then(
        () => work(transaction.client),
        () => Promise.reject(noSuchTransaction(session.number)),
      );
      transaction.tail = result;
      try {
        return await result;
      } catch (error) {
        if (open.get(session.key) === transaction) await rollback(session.key);
        throw error instanceof WriteErrorsReply ? error : toCommandError(error, true);
      }
    },
    async commit(session) {
      const transaction = open.get(session.key);
      if (transaction?.number === session.number) {
        try {
          await finish(session.key, transaction, "COMMIT");
        } catch (error) {
          const failed = toCommandError(error, true);
          throw new CommandError(failed.codeName, failed.message, { labels: ["UnknownTransactionCommitResult"] });
        }
        remember(committed, session.key, session.number);
      } else if (committed.get(session.key) !== session.number) throw noSuchTransaction(session.number);
    },
    async abort(session) {
      if (committed.get(session.key) === session.number)
        throw new CommandError("TransactionCommitted", `Transaction ${session.number} has been committed.`);
      if (open.get(session.key)?.number !== session.number) throw noSuchTransaction(session.number);
      await rollback(session.key);
    },
    async once(session, work) {
      const last = answers.get(session.key);
      if (last?.number === session.number) return last.answer;
      if (last !== undefined && last.number > session.number)
        throw new CommandError(
          "TransactionTooOld",
          `txnNumber ${session.number} is older than ${last.number} of the same session`,
        );
      const answer = work();
      remember(answers, session.key, { number: session.number, answer });
      // A failure is not an answer: a retry must run.
      answer.catch(() => {
        if (answers.get(session.key)?.answer === answer) answers.delete(session.key);
      });
      return answer;
    },
    async end(keys) {
      for (const key of keys) {
        await rollback(key);
        answers.delete(key);
        committed.delete(key);
      }
    },
    async dropOwner(owner) {
      for (const [key, transaction] of open) if (transaction.owner === owner) await rollback(key);
    },
    openTransactions: () => open.size,
  };
}
