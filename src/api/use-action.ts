import { useRef, useState } from "react";
import { newKey } from "../lib/new-key";
import { type ApiError, toApiError } from "./error";

export interface Action<A extends unknown[], R> {
  /** Resolves with undefined on failure; `error` then has the cause. A second call while one runs does nothing. */
  run(...args: A): Promise<R | undefined>;
  pending: boolean;
  error: ApiError | null;
}

/**
 * Runs the action of a button. `act` gets an idempotency key, which stays the same for the same arguments while it is
 * unknown whether they arrived, so that a retry is not a second step.
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
