import { inspect } from "node:util";

/** One line of the mini-program's console. */
export interface Line {
  type: string;
  args: unknown[];
}

/**
 * The mini-program's console lines and uncaught errors, in order. A listener that is added later receives the earlier
 * ones,
 * too.
 */
export interface Log {
  say(type: string, ...args: unknown[]): void;
  /** Records an uncaught error. */
  fault(thrown: unknown): void;
  onLine(listener: (line: Line) => void): void;
  onFault(listener: (fault: { message: string; stack: string }) => void): void;
}

export function createLog(): Log {
  const lines = channel<Line>();
  const faults = channel<{ message: string; stack: string }>();
  return {
    say: (type, ...args) => lines.send({ type, args: args.map(plain) }),
    fault(thrown) {
      // An error of another realm is not an `instanceof Error` here.
      const { message = inspect(thrown), stack = "" } = (thrown ?? {}) as Partial<Error>;
      faults.send({ message, stack });
    },
    onLine: lines.listen,
    onFault: faults.listen,
  };
}

function channel<T>(): { send(item: T): void; listen(listener: (item: T) => void): void } {
  const past: T[] = [];
  const listeners: ((item: T) => void)[] = [];
  return {
    send(item) {
      past.push(item);
      for (const listener of listeners) listener(item);
    },
    listen(listener) {
      listeners.push(listener);
      past.forEach(listener);
    },
  };
}

/** A console argument in a form that JSON can represent. */
const plain = (value: unknown): unknown =>
  value === null || ["string", "number", "boolean"].includes(typeof value) ? value : inspect(value, { depth: 3 });
