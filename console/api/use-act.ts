import { useCallback, useRef, useState } from "react";
import { type ApiError, toApiError } from "./error.ts";
import { createIntent } from "./intent.ts";

/** A step that the user takes: whether it is under way, and what it was refused with. */
export interface Act<Body, Done> {
  /** Resolves with the reply, or with undefined when it failed (then `error` says why). */
  run: (body: Body) => Promise<Done | undefined>;
  busy: boolean;
  error: ApiError | null;
  clear: () => void;
}

/**
 * Takes one step at a time. `take` gets an idempotency key that stays the same while the same body is tried again, so that a
 * lost reply and a second tap make one step.
 */
export function useAct<Body, Done>(take: (body: Body, idempotencyKey: string) => Promise<Done>): Act<Body, Done> {
  const [state, setState] = useState<{ busy: boolean; error: ApiError | null }>({ busy: false, error: null });
  const [intent] = useState(createIntent);
  const busy = useRef(false);

  const run = async (body: Body): Promise<Done | undefined> => {
    if (busy.current) return undefined;
    busy.current = true;
    setState({ busy: true, error: null });
    try {
      const done = await take(body, intent.keyFor(body));
      intent.done();
      setState({ busy: false, error: null });
      return done;
    } catch (thrown) {
      setState({ busy: false, error: toApiError(thrown) });
      return undefined;
    } finally {
      busy.current = false;
    }
  };
  const clear = useCallback(() => setState((old) => ({ ...old, error: null })), []);
  return { run, busy: state.busy, error: state.error, clear };
}
