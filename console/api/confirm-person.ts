/** Asks the person at the desk for the password again, at most once at a time. */
export interface PersonCheck {
  /** Resolves with true when the person has given it, and with false when they have not. */
  ask: () => Promise<boolean>;
  /** Ends the question that is open. */
  answer: (confirmed: boolean) => void;
  isOpen: () => boolean;
  subscribe: (listener: () => void) => () => void;
}

export function createPersonCheck(): PersonCheck {
  const listeners = new Set<() => void>();
  let open: { promise: Promise<boolean>; resolve: (confirmed: boolean) => void } | null = null;
  const tell = () => listeners.forEach((listener) => listener());
  return {
    ask() {
      if (!open) {
        let resolve: (confirmed: boolean) => void = () => undefined;
        const promise = new Promise<boolean>((answered) => {
          resolve = answered;
        });
        open = { promise, resolve };
        tell();
      }
      return open.promise;
    },
    answer(confirmed) {
      open?.resolve(confirmed);
      open = null;
      tell();
    },
    isOpen: () => open !== null,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
