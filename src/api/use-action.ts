import { useRef, useState } from "react";
import { newKey } from "../lib/new-key";
import { type ApiError, toApiError } from "./error";

export interface Action<A extends unknown[], R> {
  /** Undefined when it failed; the reason is in `error`. A second tap while it runs does nothing. */
  run(...args: A): Promise<R | undefined>;
  pending: boolean;
  error: ApiError | null;
}

/**
 * One thing that a button does. `act` gets an idempotency key first: the same arguments keep their key while it is
 * unknown whether they arrived, so that a retry cannot do the thing twice.
 */
export function useAction<A extends unknown[], R>(act: (key: string, ...args: A) => Promise<R>): Action<A, R> {
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const busy = useRef(false);
  const attempt = useRef<{ args: string; key: string } | null>(null);

  async function run(...args: A): Promise<R | undefined> {
    if (busy.current) return undefined;
    busy.current = true;
    setPending(true);
    setError(null);
    const said = JSON.stringify(args);
    if (attempt.current?.args !== said) attempt.current = { args: said, key: newKey() };
    try {
      const reply = await act(attempt.current.key, ...args);
      attempt.current = null;
      return reply;
    } catch (thrown) {
      const failure = toApiError(thrown);
      if (!failure.unknownOutcome) attempt.current = null;
      setError(failure);
      return undefined;
    } finally {
      busy.current = false;
      setPending(false);
    }
  }

  return { run, pending, error };
}
