import type { IncomingMessage } from "node:http";
import { networkOf } from "../../domain/privacy/mask.ts";

/**
 * Whose connection it is; of what a proxy has forwarded only the last entry is its own word, as for the API
 * (`createApp`).
 */
export function networkOfCaller({ headers, socket }: IncomingMessage, behindProxy: boolean): string {
  const forwarded = behindProxy ? headers["x-forwarded-for"] : undefined;
  const last = [forwarded ?? []].flat().join(",").split(",").at(-1)?.trim();
  return networkOf(last || (socket.remoteAddress ?? ""));
}

/** How many are there, of each network and of all. */
export interface ConnectionCounts {
  /** One more; the returned function takes it away again, once. */
  enter(network: string): () => void;
  of(network: string): number;
  all(): number;
}

export function createConnectionCounts(): ConnectionCounts {
  const counts = new Map<string, number>();
  let all = 0;
  return {
    enter(network) {
      counts.set(network, (counts.get(network) ?? 0) + 1);
      all += 1;
      let there = true;
      return () => {
        if (!there) return;
        there = false;
        all -= 1;
        const left = (counts.get(network) ?? 1) - 1;
        if (left > 0) counts.set(network, left);
        else counts.delete(network);
      };
    },
    of: (network) => counts.get(network) ?? 0,
    all: () => all,
  };
}
