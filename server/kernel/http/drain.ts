import type { Server } from "node:http";

/**
 * Accepts no more connections and waits until every running request is answered, at most `withinMs`. Then the remaining
 * connections are cut off.
 */
export async function drain(server: Server, withinMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const limit = setTimeout(() => server.closeAllConnections(), withinMs);
  await closed;
  clearTimeout(limit);
}
