import type { Server } from "node:http";

/** Takes no more connections and waits until every request in hand is answered, at most `withinMs`; then what is left is cut off. */
export async function drain(server: Server, withinMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const limit = setTimeout(() => server.closeAllConnections(), withinMs);
  await closed;
  clearTimeout(limit);
}

/** Waits for `work`, at most `ms`: a part that does not end must not keep the others from ending. False: it had not ended. */
export async function bounded(work: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const ended = work.then(() => true, () => true); // prettier-ignore
  return Promise.race([ended, limit]).finally(() => clearTimeout(timer));
}
