import { useMutation as useLibraryMutation } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { type ApiError, toApiError } from "./error.ts";
import { createIdempotencyKeys } from "./idempotency-keys.ts";

/** A step that the user takes, with its progress and the error of its last attempt. */
export interface Mutation<Body, Done> {
  /** Resolves with the reply, or with undefined on failure; `error` then has the cause. */
  run: (body: Body) => Promise<Done | undefined>;
  busy: boolean;
  error: ApiError | null;
  clear: () => void;
}

/**
 * Takes one step at a time. `take` gets an idempotency key, which stays the same while the same body is retried. A
 * retry after a lost reply and a double tap are therefore one step.
 */
export function useMutation<Body, Done>(
  take: (body: Body, idempotencyKey: string) => Promise<Done>,
): Mutation<Body, Done> {
  const [keys] = useState(createIdempotencyKeys);
  const busy = useRef(false);
  const { mutateAsync, reset, isPending, error } = useLibraryMutation<Done, unknown, Body>({
    mutationFn: async (body) => {
      const done = await take(body, keys.keyFor(body));
      keys.done();
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
    // The state of a step under way is not reset.
    if (!busy.current) reset();
  }, [reset]);
  return { run, busy: isPending, error: error === null ? null : toApiError(error), clear };
}
