import type { Server } from "node:http";

/** Takes no more connections and waits until every request in hand is answered, at most `withinMs`; then what is left is cut off. */
export async function drain(server: Server, withinMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const limit = setTimeout(() => server.closeAllConnections(), withinMs);
  await closed;
  clearTimeout(limit);
}
