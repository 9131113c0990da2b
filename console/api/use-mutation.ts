import { useMutation as useLibraryMutation } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { type ApiError, toApiError } from "./error.ts";
import { createIntent } from "./intent.ts";

/** A step that the user takes: whether it is under way, and what it was refused with. */
export interface Mutation<Body, Done> {
  /** Resolves with the reply, or with undefined when it failed (then `error` says why). */
  run: (body: Body) => Promise<Done | undefined>;
  busy: boolean;
  error: ApiError | null;
  clear: () => void;
}

/**
 * Takes one step at a time. `take` gets an idempotency key. The key stays the same while the same body is tried again,
 * so that a lost reply and a second tap make one step.
 */
export function useMutation<Body, Done>(
  take: (body: Body, idempotencyKey: string) => Promise<Done>,
): Mutation<Body, Done> {
  const [intent] = useState(createIntent);
  const busy = useRef(false);
  const { mutateAsync, reset, isPending, error } = useLibraryMutation<Done, unknown, Body>({
    mutationFn: async (body) => {
      const done = await take(body, intent.keyFor(body));
      intent.done();
      return done;
    },
  });
  const run = async (body: Body): Promise<Done | undefined> => {
    if (busy.current) return undefined;
    busy.current = true;
    try {
      return await mutateAsync(body);
    } catch {
      return undefined;
    } finally {
      busy.current = false;
    }
  };
  const clear = useCallback(() => {
    // A step under way is not let out of sight.
    if (!busy.current) reset();
  }, [reset]);
  return { run, busy: isPending, error: error === null ? null : toApiError(error), clear };
}
