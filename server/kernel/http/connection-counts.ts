/** The numbers of open connections, in all and from each network. */
export interface ConnectionCounts {
  /** Counts one more. The returned function removes it again; further calls of it do nothing. */
  enter(network: string): () => void;
  of(network: string): number;
  all(): number;
}

/** Creates counts that start at zero. */
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
